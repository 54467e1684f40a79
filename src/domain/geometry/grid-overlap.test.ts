/** Tests whether the volumes of two grids overlap. */
import { describe, expect, it } from "vitest";
import type { Grid, Triple } from "./grid.ts";
import { spacesMeet } from "./grid-overlap.ts";

function straight(shape: Triple, spacing: Triple, origin: Triple): Grid {
  const [z, y, x] = spacing;
  return { shape, toWorld: [0, 0, x, origin[0], 0, y, 0, origin[1], z, 0, 0, origin[2]] };
}

describe("spacesMeet", () => {
  const cube = straight([10, 10, 10], [1, 1, 1], [0, 0, 0]);

  it("is true for a grid with itself and for one inside another", () => {
    expect(spacesMeet(cube, cube)).toBe(true);
    expect(spacesMeet(cube, straight([2, 2, 2], [1, 1, 1], [4, 4, 4]))).toBe(true);
  });

  it("is false for touching faces and true for half a voxel of overlap", () => {
    expect(spacesMeet(cube, straight([4, 4, 4], [1, 1, 1], [10, 0, 0]))).toBe(false);
    expect(spacesMeet(cube, straight([4, 4, 4], [1, 1, 1], [9.5, 0, 0]))).toBe(true);
  });

  it("counts the thickness of a single slice", () => {
    expect(spacesMeet(cube, straight([1, 10, 10], [5, 1, 1], [0, 0, 11]))).toBe(true);
    expect(spacesMeet(cube, straight([1, 10, 10], [2, 1, 1], [0, 0, 11]))).toBe(false);
  });

  it("sees the gap beside a rotated grid that its bounding box would hide", () => {
    const h = Math.SQRT1_2;
    // A long bar along the diagonal of the R-A plane, and a cube in the corner beside it.
    const bar: Grid = { shape: [2, 2, 100], toWorld: [0, -h, h, 0, 0, h, h, 0, 1, 0, 0, 0] };
    expect(spacesMeet(bar, straight([2, 10, 10], [1, 1, 1], [50, 5, 0]))).toBe(false);
    expect(spacesMeet(bar, straight([2, 10, 10], [1, 1, 1], [30, 30, 0]))).toBe(true);
  });

  it("works for a left-handed grid", () => {
    const flipped: Grid = { shape: [10, 10, 10], toWorld: [0, 0, -1, 9, 0, 1, 0, 0, 1, 0, 0, 0] };
    expect(spacesMeet(cube, flipped)).toBe(true);
    expect(spacesMeet(cube, { ...flipped, toWorld: [0, 0, -1, -1, 0, 1, 0, 0, 1, 0, 0, 0] })).toBe(false);
  });
});
