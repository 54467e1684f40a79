/** Places the targets of a scale in the patient. */
import { type Grid, worldFromVoxel } from "../geometry/grid.ts";
import { axisPlacement, type PlacedScale, type PlacedTargets } from "./placed-targets.ts";

/**
 * The voxel grid of a scale's targets, as many as its tables have: each target voxel is its cell, so that all of
 * them together fill the case, or the patch as far as it is inside.
 *
 * A cell is not centred on the voxel that its target is copied from: halving copies voxel 2i + 1 for the cell of
 * voxels 2i and 2i + 1. Still the cell is right. The network's output of a scale has these cells, and the loss
 * compares it with this copy: shown in its cell, the copy lies where the network has to predict it, off by up to
 * half a full-size voxel. A grid through the copied voxels would hide this, and does not exist for lengths that
 * the scale does not divide, as they are not equally far apart. A cell always contains the centre of the voxel
 * that it is copied from.
 *
 * @param grid of the case, full size
 * @param placed must not collapse
 */
export function targetGrid(grid: Grid, targets: PlacedTargets, placed: PlacedScale): Grid {
  const along = (axis: 0 | 1 | 2) => axisPlacement(targets, placed, axis);
  const places = [along(0), along(1), along(2)] as const;
  const first = (axis: 0 | 1 | 2) => {
    const { origin, size, count, skipped } = places[axis];
    return origin + (skipped + 0.5) * (size / count) - 0.5;
  };
  const start = worldFromVoxel(grid, [first(0), first(1), first(2)]);
  const step = (row: number, axis: 0 | 1 | 2) =>
    (grid.toWorld[row * 4 + axis] ?? 0) * (places[axis].size / places[axis].count);
  const toWorld = start.flatMap((mm, row) => [step(row, 0), step(row, 1), step(row, 2), mm]);
  return { shape: placed.shape, toWorld };
}
