/** Tests how counts per slice become ranges of slices of equal brightness. */
import { expect, test } from "vitest";
import { densityRanges } from "./density-ranges.ts";

test("neighbouring slices with about as many regions form a range, brighter the more regions it has", () => {
  expect(densityRanges([0, 1, 1, 0, 8, 7, 4, 0], 8)).toEqual([
    { from: 1, to: 3, opacity: 0.3 },
    { from: 4, to: 6, opacity: 1 },
    { from: 6, to: 7, opacity: 0.55 },
  ]);
});

test("slices without regions are in no range, and a single region in all slices is one bright range", () => {
  expect(densityRanges([0, 0, 0], 0)).toEqual([]);
  expect(densityRanges([], 0)).toEqual([]);
  expect(densityRanges([1, 1], 1)).toEqual([{ from: 0, to: 2, opacity: 1 }]);
});
