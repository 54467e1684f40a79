/** Tests which texts a field for whole numbers takes. */
import { expect, test } from "vitest";
import { rangeProblem, rangeText } from "./whole-number.ts";

const RANGE = { min: 1, max: 99 };

test.each(["1", "99", " 7 ", "+7", "007"])("%j is taken", (text) => {
  expect(rangeProblem(text, RANGE)).toBeNull();
});

test.each(["", " ", "0", "100", "-1", "1.5", "1e1", "0x10", "many", "1 2"])("%j is refused", (text) => {
  expect(rangeProblem(text, RANGE)).toBe("Enter a whole number from 1 to 99.");
});

test("the range is said in words", () => {
  expect(rangeText(RANGE)).toBe("A whole number from 1 to 99");
});
