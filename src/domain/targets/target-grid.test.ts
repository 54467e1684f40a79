/** Tests that targets lie where the voxels lie that they are copied from. */
import { describe, expect, it } from "vitest";
import { type Grid, type Triple, voxelFromWorld, worldFromVoxel } from "../geometry/grid.ts";
import { defaultStrides, type SamplingMode } from "./deep-supervision.ts";
import type { Patch } from "./patch.ts";
import { placedTargets } from "./placed-targets.ts";
import { targetGrid } from "./target-grid.ts";

/** Oblique and left-handed. */
const toWorld = [0.3, 0.1, -0.8, 12, -0.2, 0.7, 0.1, -30, 2.4, 0.05, 0.3, 7];
const CASES: readonly (readonly [Triple, Patch | null, SamplingMode])[] = [
  [[64, 32, 96], null, "nearest-exact"],
  [[40, 61, 77], null, "nearest-exact"],
  [[41, 53, 62], null, "resize-segmentation"],
  [[40, 61, 77], { origin: [3, 10, 20], size: [32, 32, 48] }, "nearest-exact"],
  [[20, 30, 90], { origin: [-6, -1, 70], size: [32, 32, 48] }, "nearest-exact"],
];
const AXES = [0, 1, 2] as const;

describe.each(CASES)("of %o voxels and patch %o, by %s,", (shape, patch, mode) => {
  const grid: Grid = { shape, toWorld };
  const targets = placedTargets(shape, patch, defaultStrides(), mode);

  it("cells contain the centres of the voxels that they are copied from", () => {
    expect(targets.scales.length).toBeGreaterThan(3);
    for (const placed of targets.scales) {
      const its = targetGrid(grid, targets, placed);
      expect(its.shape).toEqual(placed.tables.map(({ length }) => length));
      for (const axis of AXES)
        for (const [i, source] of placed.tables[axis].entries()) {
          const voxel: Triple = [axis === 0 ? source : 0, axis === 1 ? source : 0, axis === 2 ? source : 0];
          const at = voxelFromWorld(its, worldFromVoxel(grid, voxel))[axis];
          expect(Math.abs(at - i)).toBeLessThanOrEqual(0.5);
        }
    }
  });

  it("full size is the case's own voxels", () => {
    const [full] = targets.scales;
    if (!full) throw new Error("no scale");
    const here = worldFromVoxel(targetGrid(grid, targets, full), [0, 0, 0]);
    const there = worldFromVoxel(grid, targets.inside.first);
    for (const axis of AXES) expect(here[axis]).toBeCloseTo(there[axis], 9);
  });
});

it("begins and ends where the case does, whatever its lengths", () => {
  const shape: Triple = [40, 61, 77];
  const grid: Grid = { shape, toWorld };
  const targets = placedTargets(shape, null, defaultStrides(), "nearest-exact");
  const corner = (of: Grid, [z, y, x]: Triple) => worldFromVoxel(of, [z - 0.5, y - 0.5, x - 0.5]);
  for (const placed of targets.scales) {
    const its = targetGrid(grid, targets, placed);
    for (const axis of AXES) {
      expect(corner(its, [0, 0, 0])[axis]).toBeCloseTo(corner(grid, [0, 0, 0])[axis], 9);
      expect(corner(its, its.shape)[axis]).toBeCloseTo(corner(grid, shape)[axis], 9);
    }
  }
});
