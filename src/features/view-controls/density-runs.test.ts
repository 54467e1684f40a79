/** Tests how counts per slice become runs of equal brightness. */
import { expect, test } from "vitest";
import { densityRuns } from "./density-runs.ts";

test("stretches with about as many regions, brighter the more there are", () => {
  expect(densityRuns([0, 1, 1, 0, 8, 7, 4, 0], 8)).toEqual([
    { from: 1, to: 3, opacity: 0.3 },
    { from: 4, to: 6, opacity: 1 },
    { from: 6, to: 7, opacity: 0.55 },
  ]);
});

test("nothing where no region is, and all where one region is everywhere", () => {
  expect(densityRuns([0, 0, 0], 0)).toEqual([]);
  expect(densityRuns([], 0)).toEqual([]);
  expect(densityRuns([1, 1], 1)).toEqual([{ from: 0, to: 2, opacity: 1 }]);
});
