/** Tests the order of names. */
import { expect, it } from "vitest";
import { byCodePoint } from "./by-code-point.ts";

it("sorts as Python does", () => {
  // sorted(["b", ...]) of Python 3.11.
  const sorted = ["", "A", "Z", "_1", "a", "a_10", "a_2", "ab", "b", "é", "Ａ", "😀", "😁", "😁a"];
  expect([...sorted].reverse().sort(byCodePoint)).toEqual(sorted);
  expect([...sorted].sort()).not.toEqual(sorted);
  expect(byCodePoint("a", "a")).toBe(0);
});
