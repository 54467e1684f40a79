/** Places the targets of a scale in the patient. */
import { type Grid, worldFromVoxel } from "../geometry/grid.ts";
import { axisPlacement, type PlacedScale, type PlacedTargets } from "./placed-targets.ts";

/**
 * The voxel grid of a scale's targets. Each target voxel occupies its cell, so together they cover the case,
 * or the part of the patch inside it.
 *
 * A target is not copied from the centre of its cell: halving copies voxel 2i + 1 to the cell of voxels 2i
 * and 2i + 1. The loss compares the copy with an output whose voxels are these cells, as the decoder's
 * transposed convolutions have kernels as long as their strides. Shown in its cell, a target therefore lies
 * where the network has to predict it, up to half a full-size voxel away from what it copies. A grid through
 * the copied voxels would hide that. It exists only if the scale divides the length, because otherwise the
 * copied voxels are not equally far apart. The centre of the copied voxel is always inside the cell or on its
 * border.
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
