/** Weighs the patch samples by how likely nnU-Net's loader is to choose them. */
import { popcount } from "../../base/popcount.ts";
import type { Triple } from "../geometry/grid.ts";
import { type OriginRange, originCount } from "../targets/patch.ts";
import type { CentreVoxels } from "./centre-voxels.ts";
import { centredOrigin } from "./loader.ts";
import { bitOf, type OriginMap } from "./origin-map.ts";

/** Patch samples that are equally likely. */
export interface SampleGroup {
  /** Probability that a patch is one of them. */
  readonly weight: number;
  readonly total: number;
  readonly of: CountedBits | OriginRange;
}

/**
 * Bits of the origin map, each once: near the case's start many voxels have the same patch centred on them.
 */
interface CountedBits {
  readonly bits: Uint32Array;
  /** Patch samples per bit. */
  readonly times: Uint32Array;
}

/** The range of origins, extended to those of patches centred on any voxel. */
export function withCentred({ first, last }: OriginRange, shape: Triple, size: Triple): OriginRange {
  const furthest = (axis: 0 | 1 | 2) =>
    Math.max(last[axis], centredOrigin(first[axis], size[axis], shape[axis] - 1));
  return { first, last: [furthest(0), furthest(1), furthest(2)] };
}

/**
 * The groups that the loader chooses from (`get_bbox`, data_loader.py:98-148). Classes with voxels are
 * equally likely, and so are the voxels of a class. Without a voxel to centre on, a patch may lie anywhere;
 * with only annotated voxels, patches with foreground are centred on those too.
 * @param anywhere origins of patches that may lie anywhere
 */
export function sampleGroups(
  centres: CentreVoxels,
  shape: Triple,
  size: Triple,
  anywhere: OriginRange,
  foregroundShare: number,
  map: OriginMap,
): SampleGroup[] {
  const centred = (voxels: Uint32Array, weight: number): SampleGroup => ({
    weight,
    total: voxels.length,
    of: counted(centredBits(voxels, shape, size, anywhere, map)),
  });
  const { foreground, annotated } = centres;
  const others = (weight: number): SampleGroup =>
    annotated && annotated.length > 0
      ? centred(annotated, weight)
      : { weight, total: originCount(anywhere), of: anywhere };
  if (foreground.length === 0) return [others(1)];
  return [
    ...foreground.map((voxels) => centred(voxels, foregroundShare / foreground.length)),
    others(1 - foregroundShare),
  ];
}

/** The bit of the patch that is centred on each voxel. */
function centredBits(
  voxels: Uint32Array,
  shape: Triple,
  size: Triple,
  { first }: OriginRange,
  map: OriginMap,
): Uint32Array {
  const at = (axis: 0 | 1 | 2, voxel: number) => centredOrigin(first[axis], size[axis], voxel);
  return voxels.map((voxel) => {
    const row = Math.floor(voxel / shape[2]);
    const z = Math.floor(row / shape[1]);
    return bitOf(map, [at(0, z), at(1, row - z * shape[1]), at(2, voxel - row * shape[2])]);
  });
}

function counted(every: Uint32Array): CountedBits {
  const bits = every.slice().sort();
  const times = new Uint32Array(bits.length);
  let last = -1;
  for (const bit of bits) {
    if (last < 0 || bits[last] !== bit) bits[++last] = bit;
    times[last] = (times[last] ?? 0) + 1;
  }
  return { bits: bits.slice(0, last + 1), times: times.slice(0, last + 1) };
}

/** For each group, the number of patch samples whose origin is marked. */
export function countMarked(map: OriginMap, groups: readonly SampleGroup[]): Float64Array {
  return Float64Array.from(groups, ({ of }) =>
    "bits" in of ? countBits(map.bits, of) : countRange(map, of),
  );
}

function countBits(marked: Uint32Array, { bits, times }: CountedBits): number {
  let count = 0;
  for (let i = 0; i < bits.length; i++) {
    const bit = bits[i] ?? 0;
    if ((((marked[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1) count += times[i] ?? 0;
  }
  return count;
}

/** The range must start where the map does. */
function countRange({ range: { first }, lengths, words, bits }: OriginMap, { last }: OriginRange): number {
  const end = last[2] - first[2] + 1;
  const full = end >>> 5;
  const rest = (1 << (end & 31)) - 1;
  let count = 0;
  for (let z = 0; z <= last[0] - first[0]; z++)
    for (let y = 0; y <= last[1] - first[1]; y++) {
      const row = (z * lengths[1] + y) * words;
      for (let i = 0; i < full; i++) count += popcount(bits[row + i] ?? 0);
      if (rest !== 0) count += popcount((bits[row + full] ?? 0) & rest);
    }
  return count;
}

/** Above the error of a sum over thousands of groups, below the probability of any patch sample. */
const ROUNDING = 1e-11;

/** Probability of the patch samples counted in `counts`, without those in `except`, which are among them. */
export function shareOf(groups: readonly SampleGroup[], counts: Float64Array, except?: Float64Array): number {
  const share = groups.reduce(
    (sum, { weight, total }, g) => sum + (weight * ((counts[g] ?? 0) - (except?.[g] ?? 0))) / total,
    0,
  );
  // The weights of all groups add up to 1 only nearly, and "all patches" must not read as "nearly all".
  return Math.abs(share - 1) < ROUNDING ? 1 : share;
}
