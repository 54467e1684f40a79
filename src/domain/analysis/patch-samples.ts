/** Chooses the patches that a sweep examines: all that nnU-Net's loader could draw, or a seeded sample. */
import { randomFrom } from "../../base/random.ts";
import type { Triple } from "../geometry/grid.ts";
import { centredOn, type OriginRange, originCount } from "../targets/patch.ts";
import type { MaskRuns } from "./rle-mask.ts";

/** Maximum number of origins to examine exhaustively; more are sampled. */
export const SWEEP_SAMPLES = 20_000;

/**
 * `anywhere`: all origins are equally likely, as for patches that need no foreground.
 * `foreground`: as for patches that must contain foreground: a class of the case, then one of its voxels at
 * the centre.
 */
export type SampleKind = "anywhere" | "foreground";

export interface PatchSamples {
  readonly kind: SampleKind;
  /** Number of distinct origins; null for `foreground`, which has as many as voxels. */
  readonly possible: number | null;
  /** Number of draws to examine. */
  readonly used: number;
  /** True if every origin is examined once, instead of a sample. */
  readonly exhaustive: boolean;
  /** Lowest coordinate drawn per axis, and the length of the gapless range from there. */
  readonly first: Triple;
  readonly lengths: Triple;
  /** Sampled draws, as coordinates minus `first`; null when exhaustive. */
  readonly origins: readonly [Int32Array, Int32Array, Int32Array] | null;
}

/**
 * Every origin if there are at most `limit`; otherwise `limit` draws, which may repeat like the loader's.
 * @param range origins of patches that may lie anywhere
 */
export function sampleAnywhere(range: OriginRange, limit: number, seed: number): PatchSamples {
  const possible = originCount(range);
  const length = (axis: 0 | 1 | 2) => range.last[axis] - range.first[axis] + 1;
  const lengths: Triple = [length(0), length(1), length(2)];
  const exhaustive = possible <= limit;
  const known = { kind: "anywhere", possible, exhaustive, first: range.first, lengths } as const;
  if (exhaustive) return { ...known, used: possible, origins: null };
  const random = randomFrom(seed);
  const origins = threeLists(limit);
  for (let i = 0; i < limit; i++) {
    for (const axis of [0, 1, 2] as const) origins[axis][i] = Math.floor(random() * lengths[axis]);
  }
  return { ...known, used: limit, origins };
}

/**
 * `limit` draws that must contain foreground. The given regions are the classes; all with voxels are equally
 * likely. nnU-Net picks from at most 10,000 (or 1 %) remembered voxels of a class; this picks from all. A
 * case without foreground falls back to `anywhere`, as the loader does.
 * @param range origins of patches that may lie anywhere; draws are clamped at its near end alone
 */
export function sampleForeground(
  range: OriginRange,
  size: Triple,
  regions: readonly MaskRuns[],
  limit: number,
  seed: number,
): PatchSamples {
  const random = randomFrom(seed);
  const classes = regions.filter(({ starts }) => starts.length > 0).map(voxelPicker);
  if (classes.length === 0) return sampleAnywhere(range, limit, seed);
  const lowest = range.first;
  const origins = threeLists(limit);
  for (let i = 0; i < limit; i++) {
    const voxel = classes[Math.floor(random() * classes.length)]?.(random()) ?? [0, 0, 0];
    const wanted = centredOn(size, voxel);
    for (const axis of [0, 1, 2] as const) origins[axis][i] = Math.max(lowest[axis], wanted[axis]);
  }
  const first = origins.map((list) => list.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY));
  const last = origins.map((list) => list.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY));
  const at = (list: readonly number[], axis: number) => (limit > 0 ? (list[axis] ?? 0) : 0);
  const low: Triple = [at(first, 0), at(first, 1), at(first, 2)];
  for (const axis of [0, 1, 2] as const) {
    const list = origins[axis];
    for (let i = 0; i < limit; i++) list[i] = (list[i] ?? 0) - low[axis];
  }
  const length = (axis: 0 | 1 | 2) => at(last, axis) - low[axis] + 1;
  return {
    kind: "foreground",
    possible: null,
    used: limit,
    exhaustive: false,
    first: low,
    lengths: [length(0), length(1), length(2)],
    origins,
  };
}

function threeLists(length: number): [Int32Array, Int32Array, Int32Array] {
  return [new Int32Array(length), new Int32Array(length), new Int32Array(length)];
}

/** A function that maps 0 … 1 to the voxels of a mask, all equally likely. */
function voxelPicker({ shape, rowStart, starts, ends }: MaskRuns): (share: number) => Triple {
  const until = new Float64Array(starts.length);
  let total = 0;
  for (let i = 0; i < starts.length; i++) {
    total += (ends[i] ?? 0) - (starts[i] ?? 0);
    until[i] = total;
  }
  return (share) => {
    const wanted = Math.floor(share * total);
    const run = firstAbove(until, wanted);
    const row = firstAbove(rowStart, run) - 1;
    const x = (ends[run] ?? 0) - ((until[run] ?? 0) - wanted);
    return [Math.floor(row / shape[1]), row % shape[1], x];
  };
}

/** Index of the first entry of an ascending list that is above `value`. */
function firstAbove(list: Float64Array | Int32Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
