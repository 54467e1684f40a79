/** Tests where target voxels lie in the case. */
import { describe, expect, test } from "vitest";
import type { Triple } from "../geometry/grid.ts";
import { patchTables } from "./patch.ts";
import { axisPlacement, placedTargets, targetPosition, targetVoxel } from "./placed-targets.ts";

const HALVED: readonly Triple[] = [
  [1, 1, 1],
  [2, 2, 2],
  [1, 2, 2],
  [1, 1, 1],
];
const SHAPE: Triple = [9, 13, 20];

describe("targets of the whole case", () => {
  const targets = placedTargets(SHAPE, null, HALVED, "nearest-exact");

  test("have the shape of every scale, and none are skipped", () => {
    expect(targets.inside).toEqual({ first: [0, 0, 0], shape: SHAPE });
    expect(targets.scales.map(({ shape }) => shape)).toEqual([
      [9, 13, 20],
      [4, 6, 10],
      [4, 3, 5],
    ]);
    expect(targets.scales.every(({ skipped }) => skipped.every((n) => n === 0))).toBe(true);
  });

  test("the first and the last voxel have the first and the last target voxel", () => {
    for (const placed of targets.scales) {
      expect(targetVoxel(targets, placed, [0, 0, 0])).toEqual([0, 0, 0]);
      expect(targetVoxel(targets, placed, [8, 12, 19])).toEqual(placed.shape.map((n) => n - 1));
    }
  });
});

describe("targets of a patch", () => {
  test("start at the patch's origin if it lies inside the case", () => {
    const patch = { origin: [1, 4, 8], size: [4, 8, 8] } as const;
    const targets = placedTargets(SHAPE, patch, HALVED, "nearest-exact");
    expect(targets.inside).toEqual({ first: [1, 4, 8], shape: [4, 8, 8] });
    const [full, half] = targets.scales;
    if (!full || !half) throw new Error("two scales");
    expect(targetVoxel(targets, full, [1, 4, 8])).toEqual([0, 0, 0]);
    expect(targetVoxel(targets, half, [4, 11, 15])).toEqual([1, 3, 3]);
    for (const voxel of [
      [0, 4, 8],
      [5, 4, 8],
      [1, 3, 8],
      [1, 4, 16],
    ] satisfies Triple[]) {
      expect(targetVoxel(targets, half, voxel)).toBeNull();
    }
  });

  test("contain only target voxels copied from the case if the patch extends beyond it", () => {
    // Origin -3 on an axis of 9 with a patch of 16: targets 0 and 1 at half size would copy from -2 and 0.
    const patch = { origin: [-3, 0, 0], size: [16, 13, 20] } as const;
    for (const mode of ["nearest-exact", "resize-segmentation"] as const) {
      const targets = placedTargets(SHAPE, patch, HALVED, mode);
      for (const placed of targets.scales) {
        expect(placed.tables).toEqual(patchTables(SHAPE, patch, placed.scale, mode));
        const axis = axisPlacement(targets, placed, 0);
        for (const [i, source] of placed.tables[0].entries()) {
          // A target voxel contains the voxel that it copies.
          const at = targetPosition(axis, source + 0.5);
          expect(Math.floor(at)).toBe(i);
        }
      }
      expect(targets.scales[0]?.skipped).toEqual([3, 0, 0]);
      expect(targets.scales[1]?.skipped).toEqual([1, 0, 0]);
      expect(targets.inside).toEqual({ first: [0, 0, 0], shape: [9, 13, 20] });
    }
  });

  test("have no voxel at a collapsed scale", () => {
    const patch = { origin: [0, 0, 0], size: [1, 13, 20] } as const;
    const targets = placedTargets(
      SHAPE,
      patch,
      [
        [1, 1, 1],
        [4, 1, 1],
        [1, 1, 1],
      ],
      "nearest-exact",
    );
    const [, collapsed] = targets.scales;
    expect(collapsed?.scale.collapses).toBe(true);
    expect(collapsed?.shape).toEqual([0, 0, 0]);
    expect(collapsed && targetVoxel(targets, collapsed, [0, 0, 0])).toBeNull();
  });
});
