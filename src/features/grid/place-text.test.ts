/** Tests where a region is said to lie. */
import { expect, test } from "vitest";
import { placeText, spokenPlace } from "./place-text.ts";

test("every text speaks of slices", () => {
  expect(placeText(null)).toBeNull();
  expect(placeText({ first: 4, last: 4, around: null })).toBe("slice 4");
  expect(placeText({ first: 11, last: 37, around: null })).toBe("slices 11–37");
  const gap = placeText({ first: 0, last: 40, around: [1, 18] });
  expect(gap).toBe("slices ≤1, ≥18");
  expect(spokenPlace(gap ?? "")).toBe("slices up to 1 and from 18");
});
