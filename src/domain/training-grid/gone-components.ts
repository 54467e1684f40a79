/** Finds the components of a region that resampling leaves nothing of. */
import type { Components } from "../analysis/components.ts";
import type { VoxelBox } from "../geometry/camera.ts";
import type { Triple } from "../geometry/grid.ts";
import type { AxisSamples } from "./axis-samples.ts";
import { type StoredSamples, sidesOf } from "./interpolated-from.ts";
import type { TrainingGrid } from "./training-grid.ts";

/**
 * Ranks of the listed components that no training voxel of the region is interpolated from. Those outside the
 * box are cropped away, and not among them.
 * @param found on the stored grid, @param isIn by palette entry of the training grid
 */
export function goneComponents(
  found: Components,
  { volume: { grid, indices }, box: nonzero }: TrainingGrid,
  samples: StoredSamples,
  isIn: Uint8Array,
): number[] {
  const [, height, width] = grid.shape;
  return found.listed.flatMap(({ box: { first, last } }, rank) => {
    const along = (axis: 0 | 1 | 2) => reaching(samples[axis], first[axis], last[axis]);
    const [zs, ys, xs] = [along(0), along(1), along(2)];
    for (let z = zs[0]; z < zs[1]; z++)
      for (let y = ys[0]; y < ys[1]; y++)
        for (let x = xs[0]; x < xs[1]; x++)
          if (isIn[indices[(z * height + y) * width + x] ?? 0] && touches(found, rank, samples, [z, y, x]))
            return [];
    return isApart(nonzero, first, last) ? [] : [rank];
  });
}

/** Indices of the training grid, up to but excluding the second, that have a stored index in a range. */
function reaching({ first, second }: AxisSamples, from: number, to: number): readonly [number, number] {
  let start = 0;
  while (start < second.length && (second[start] ?? 0) < from) start++;
  let end = start;
  while (end < first.length && (first[end] ?? 0) <= to) end++;
  return [start, end];
}

/** True if two boxes have no voxel in common. */
function isApart(box: VoxelBox, first: Triple, last: Triple): boolean {
  return box.first.some(
    (from, axis) => (last[axis] ?? 0) < from || (first[axis] ?? 0) >= from + (box.shape[axis] ?? 0),
  );
}

function touches(found: Components, rank: number, samples: StoredSamples, [z, y, x]: Triple): boolean {
  return sidesOf(samples[0], z).some((k) =>
    sidesOf(samples[1], y).some((j) => sidesOf(samples[2], x).some((i) => isOf(found, rank, [k, j, i]))),
  );
}

function isOf({ runs, componentOf }: Components, rank: number, [z, y, x]: Triple): boolean {
  const row = z * runs.shape[1] + y;
  for (let run = runs.rowStart[row] ?? 0; run < (runs.rowStart[row + 1] ?? 0); run++)
    if (x >= (runs.starts[run] ?? 0) && x < (runs.ends[run] ?? 0)) return componentOf[run] === rank;
  return false;
}
