/** Finds where the resampling gaps of a case are. */
import { type Components, components } from "../analysis/components.ts";
import { voxelCount } from "../geometry/grid.ts";
import { eachGap, type ResampledCase } from "./resampling-changes.ts";

/** The resampling gaps of a case. */
interface ResamplingGaps {
  /** Bit `i & 31` of `bits[i >>> 5]` is voxel i of the training grid (C order). */
  readonly bits: Uint32Array;
  /** Gaps that touch one another, largest first. */
  readonly components: Components;
}

/**
 * Finds where the gaps are, by resampling again: the training grid has them as background. Yields the
 * completed fraction, 0..1, after every slice.
 */
export function* resamplingGaps(resampled: ResampledCase): Generator<number, ResamplingGaps> {
  const { grid } = resampled.trained.volume;
  const [, height, width] = grid.shape;
  const bits = new Uint32Array(Math.ceil(voxelCount(grid.shape) / 32));
  yield* eachGap(resampled, (z, y, x) => {
    const i = (z * height + y) * width + x;
    bits[i >>> 5] = (bits[i >>> 5] ?? 0) | (1 << (i & 31));
  });
  const stack = { grid, names: ["resampling gaps"], bitPlanes: [bits] };
  return { bits, components: components({ kind: "masks", stack }, null, 0) };
}
