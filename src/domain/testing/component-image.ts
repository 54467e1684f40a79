/** Components of a region as an image, to compare them with a flood fill. */
import type { Components } from "../analysis/components.ts";
import { voxelCount } from "../geometry/grid.ts";

/** Component of every voxel, in C order: 0 outside, otherwise its rank by size + 1. */
export function componentImage({ runs, componentOf }: Components): Int32Array {
  const width = runs.shape[2];
  const out = new Int32Array(voxelCount(runs.shape));
  for (let row = 0; row + 1 < runs.rowStart.length; row++) {
    const to = runs.rowStart[row + 1] ?? 0;
    for (let i = runs.rowStart[row] ?? 0; i < to; i++) {
      out.fill(
        (componentOf[i] ?? 0) + 1,
        row * width + (runs.starts[i] ?? 0),
        row * width + (runs.ends[i] ?? 0),
      );
    }
  }
  return out;
}
