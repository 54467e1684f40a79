/** Gives, for each index along an axis of the training grid, the source voxels that it is made from. */

/** One entry per index of the result: two source indices, and the weight of each. */
export interface AxisSamples {
  readonly first: Uint32Array;
  /** The next voxel; equal to `first` where its weight is 0, and beyond the outer voxels. */
  readonly second: Uint32Array;
  readonly firstWeight: Float64Array;
  readonly secondWeight: Float64Array;
}

/**
 * Position of index i of the result, in source voxels, up to half a voxel before the first or after the last:
 * resampling aligns the outer faces, not the centres of the outer voxels. Computed in the order of scipy's
 * `zoom(grid_mode=True)`, so that halves fall as they do there.
 */
export function sourcePosition(i: number, nIn: number, nOut: number): number {
  return (i + 0.5) * (nIn / nOut) - 0.5;
}

const clamped = (i: number, n: number) => Math.min(n - 1, Math.max(0, i));

/**
 * Order 1. The weights are scipy's: 1 - x, and what that leaves of 1. Beyond the outer voxels both fall on
 * the same voxel; they stay apart, as their products round differently from a single weight of 1.
 */
export function linearSamples(nIn: number, nOut: number): AxisSamples {
  const samples = emptySamples(nOut);
  for (let i = 0; i < nOut; i++) {
    const at = sourcePosition(i, nIn, nOut);
    const below = Math.floor(at);
    const weight = 1 - (at - below);
    samples.first[i] = clamped(below, nIn);
    samples.second[i] = clamped(weight === 1 ? below : below + 1, nIn);
    samples.firstWeight[i] = weight;
    samples.secondWeight[i] = 1 - weight;
  }
  return samples;
}

/** Order 0: all weight on the nearest voxel, the upper one at halves. */
export function nearestSamples(nIn: number, nOut: number): AxisSamples {
  const samples = emptySamples(nOut);
  for (let i = 0; i < nOut; i++)
    samples.first[i] = clamped(Math.floor(sourcePosition(i, nIn, nOut) + 0.5), nIn);
  samples.second.set(samples.first);
  samples.firstWeight.fill(1);
  return samples;
}

/** All weight on the first, or on the second, of two voxels. */
export function onlyOne(samples: AxisSamples, which: "first" | "second"): AxisSamples {
  const only = emptySamples(samples.first.length);
  only.first.set(samples[which]);
  only.second.set(samples[which]);
  only.firstWeight.fill(1);
  return only;
}

function emptySamples(n: number): AxisSamples {
  return {
    first: new Uint32Array(n),
    second: new Uint32Array(n),
    firstWeight: new Float64Array(n),
    secondWeight: new Float64Array(n),
  };
}
