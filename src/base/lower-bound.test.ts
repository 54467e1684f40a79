/** Tests the binary search for a lower bound. */
import { expect, test } from "vitest";
import { lowerBound } from "./lower-bound.ts";

test("lowerBound finds the first entry that is not below a value, or the end if all are", () => {
  const list = Int32Array.from([-3, 0, 2, 2, 2, 7]);
  expect([-4, -3, -1, 0, 1, 2, 3, 7, 8].map((value) => lowerBound(list, value))).toEqual([
    0, 0, 1, 1, 2, 2, 5, 5, 6,
  ]);
  expect(lowerBound(new Uint32Array(0), 1)).toBe(0);
});
