/**
 * Finds what patches at many origins sample of one short stretch of an axis. The number of distinct patterns
 * is small: sampling repeats with the scale's factor, and a stretch shorter than the factor is sampled once
 * or not at all. A sweep judges each pattern once.
 */
import { lowerBound } from "../../base/lower-bound.ts";

export interface AxisPatterns {
  /** The pattern at each origin, counted from the first. Pattern 0 samples nothing. */
  readonly patternOf: Int32Array;
  /** The sampled positions of each pattern, counted from the first voxel of the stretch, ascending. */
  readonly samples: readonly Uint32Array[];
  /** The number of origins per pattern. */
  readonly origins: Float64Array;
}

/**
 * @param relative sampled positions of a patch, counted from its origin, ascending
 * @param firstOrigin first of `origins` consecutive origins
 * @param low first voxel of the stretch
 * @param high its last voxel
 */
export function axisPatterns(
  relative: Uint32Array,
  firstOrigin: number,
  origins: number,
  low: number,
  high: number,
): AxisPatterns {
  const patternOf = new Int32Array(origins);
  const samples: Uint32Array[] = [new Uint32Array(0)];
  const counts = [0];
  /** Patterns by first and last sample: nearly always one each, because sampling is regular. */
  const known = new Map<number, number[]>();
  const length = high - low + 1;
  for (let o = 0; o < origins; o++) {
    const offset = low - (firstOrigin + o);
    const begin = lowerBound(relative, offset);
    const end = lowerBound(relative, offset + length);
    const pattern = begin === end ? 0 : find(begin, end, offset);
    patternOf[o] = pattern;
    counts[pattern] = (counts[pattern] ?? 0) + 1;
  }
  return { patternOf, samples, origins: Float64Array.from(counts) };

  function find(begin: number, end: number, offset: number): number {
    const key = ((relative[begin] ?? 0) - offset) * length + (relative[end - 1] ?? 0) - offset;
    const alike = known.get(key) ?? [];
    const same = alike.find((pattern) => isSame(samples[pattern], begin, end, offset));
    if (same !== undefined) return same;
    samples.push(relative.slice(begin, end).map((at) => at - offset));
    counts.push(0);
    known.set(key, [...alike, samples.length - 1]);
    return samples.length - 1;
  }

  function isSame(pattern: Uint32Array | undefined, begin: number, end: number, offset: number): boolean {
    if (pattern?.length !== end - begin) return false;
    for (let i = begin; i < end; i++) if (pattern[i - begin] !== (relative[i] ?? 0) - offset) return false;
    return true;
  }
}
