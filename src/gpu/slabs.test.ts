/** How volumes are cut into slabs, and which slices read a slab. */
import { expect, test } from "vitest";
import { sharedRange, slicesReading, voxelRanges } from "./slabs.ts";

test("ranges cover every voxel once and stay within their limit", () => {
  for (const voxels of [0, 1, 31, 32, 33, 1000])
    for (const most of [1, 5, 32, 100, 5000])
      for (const unit of [1, 4, 32]) {
        const ranges = voxelRanges(voxels, most, unit);
        let at = 0;
        for (const { first, end } of ranges) {
          expect(first).toBe(at);
          expect(first % unit).toBe(0);
          expect(end - first).toBeGreaterThan(0);
          expect(end - first).toBeLessThanOrEqual(Math.max(unit, most));
          at = end;
        }
        expect(at).toBe(voxels);
      }
});

test("a shared range is the intersection of two ranges", () => {
  const range = (first: number, end: number) => ({ first, end });
  expect(sharedRange(range(0, 5), range(3, 9))).toEqual(range(3, 5));
  expect(sharedRange(range(0, 5), range(5, 9))).toBeNull();
  expect(sharedRange(range(2, 3), range(0, 9))).toEqual(range(2, 3));
});

test("all slices that read a slab are found, and no others", () => {
  const table = [1, 3, 5, 5, 7];
  for (let first = 0; first < 90; first += 7)
    for (const length of [1, 4, 30]) {
      const slab = { first, end: first + length };
      const reads = table.map((slice) => slice * 10 < slab.end && slice * 10 + 10 > slab.first);
      const [low, high] = slicesReading(table, 10, slab);
      expect(table.map((_, i) => i >= low && i < high)).toEqual(reads);
    }
});
