/**
 * Selects which channels and slices of a case are compared when comparing everything would take minutes:
 * seeded random parts. A part is one word of channels in a slab of consecutive slices; the parts cover as
 * many words and slabs as possible.
 */
import { randomFrom } from "../../base/random.ts";
import { type Triple, voxelCount } from "../../domain/geometry/grid.ts";
import {
  type AxisTables,
  axisTables,
  type SamplingMode,
  type Scale,
} from "../../domain/targets/deep-supervision.ts";

/**
 * Target voxels, over channels and scales, up to which everything is compared: some seconds on a software
 * adapter.
 */
export const MAX_WHOLE_VOXELS = 256 << 20;
/** Target voxels in all random parts at most, but never less than one part. */
export const MAX_RANDOM_VOXELS = 48 << 20;
/** Bytes of targets in one part. Many small parts see more of a case than a few large ones. */
const PART_BYTES = 8 << 20;
const CHANNELS_PER_WORD = 32;

export interface Part {
  readonly firstChannel: number;
  readonly channels: number;
  readonly firstSlice: number;
  readonly slices: number;
}

interface PartsInput {
  readonly shape: Triple;
  readonly channels: number;
  readonly scales: readonly Scale[];
  readonly mode: SamplingMode;
}

/** Counts the voxels of all targets, over channels and scales. */
export function targetVoxels({ channels, scales }: Pick<PartsInput, "channels" | "scales">): number {
  return channels * scales.reduce((sum, { shape }) => sum + voxelCount(shape), 0);
}

/**
 * Draws random parts; null if the case is within `whole` target voxels, so that all of it is verified. The
 * first few parts already hold slices of every scale.
 */
export function randomParts(
  input: PartsInput,
  seed: number,
  { whole = MAX_WHOLE_VOXELS, most = MAX_RANDOM_VOXELS, partBytes = PART_BYTES } = {},
): readonly Part[] | null {
  if (targetVoxels(input) <= whole) return null;
  const { shape, channels, scales, mode } = input;
  const random = randomFrom(seed);
  const words = shuffled(Math.ceil(channels / CHANNELS_PER_WORD), random);
  const sliceBytes = shape[1] * shape[2] * Math.min(channels, CHANNELS_PER_WORD);
  const slices = Math.min(shape[0], Math.max(1, Math.floor(partBytes / sliceBytes)));
  const depths = scales.map((scale) => axisTables(shape, scale, mode));
  const slabs = everyScaleFirst(shuffled(Math.ceil(shape[0] / slices), random), slices, depths);
  const parts: Part[] = [];
  let voxels = 0;
  for (const [word, slab] of pairs(words, slabs)) {
    const firstChannel = word * CHANNELS_PER_WORD;
    const firstSlice = slab * slices;
    const part = {
      firstChannel,
      channels: Math.min(CHANNELS_PER_WORD, channels - firstChannel),
      firstSlice,
      slices: Math.min(slices, shape[0] - firstSlice),
    };
    voxels += part.channels * depths.reduce((sum, tables) => sum + voxelsIn(tables, part), 0);
    if (parts.length > 0 && voxels > most) break;
    parts.push(part);
  }
  return parts;
}

/** Counts the target voxels of one channel of a part at one scale. */
export function voxelsIn([zs, ys, xs]: AxisTables, { firstSlice, slices }: Part): number {
  return zs.filter((z) => z >= firstSlice && z < firstSlice + slices).length * ys.length * xs.length;
}

/** Moves slabs to the front until every scale reads one of those; coarse scales read few slices. */
function everyScaleFirst(
  slabs: readonly number[],
  slices: number,
  depths: readonly AxisTables[],
): readonly number[] {
  const front = new Set<number>();
  for (const [zs] of depths.toReversed()) {
    const read = new Set(zs.map((z) => Math.floor(z / slices)));
    const first = slabs.find((slab) => read.has(slab));
    if (first !== undefined && ![...read].some((slab) => front.has(slab))) front.add(first);
  }
  return [...front, ...slabs.filter((slab) => !front.has(slab))];
}

/**
 * Yields every pair once, in an order whose every beginning has as many different words and slabs as
 * possible.
 */
function* pairs(words: readonly number[], slabs: readonly number[]): Generator<readonly [number, number]> {
  const rounds = slabs.length / greatestCommonDivisor(words.length, slabs.length);
  for (let round = 0; round < slabs.length; round++) {
    for (const [i, word] of words.entries()) {
      const slab = slabs[(i + round * words.length + Math.floor(round / rounds)) % slabs.length];
      if (slab !== undefined) yield [word, slab];
    }
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Gives 0 to length - 1 in random order. */
function shuffled(length: number, random: () => number): number[] {
  const order = Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [order[i] ?? i, order[j] ?? j];
    order[i] = b;
    order[j] = a;
  }
  return order;
}
