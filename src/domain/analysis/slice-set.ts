/** Looks up the slices of labels, masks and regions that `slice-occupancy.ts` found. */
import { entriesOfChannel, type RegionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";

export interface SliceOccupancy {
  readonly shape: Triple;
  /** Number of palette entries, or of masks. */
  readonly entries: number;
  /**
   * One per array axis: bit `i & 31` of word `entry * words + (i >>> 5)` tells whether the entry is in slice
   * i; words = ceil(length / 32).
   */
  readonly bits: readonly [Uint32Array, Uint32Array, Uint32Array];
  /** Four numbers per entry: its voxel count, and the sums of their coordinates. */
  readonly sums: Float64Array;
}

/** Number of 32-bit words in a bitset of an axis's slices. */
export function sliceWords(length: number): number {
  return (length + 31) >>> 5;
}

/** Palette entries, or masks. */
export type Entries = readonly number[] | Uint32Array;

/**
 * The entries that make up a channel.
 * @param table null for masks, where each channel is its own entry
 */
export function entriesOf(table: RegionTable | null, channel: number): Entries {
  return table ? entriesOfChannel(table, channel) : [channel];
}

/** The slices along an axis that contain any of the entries: bit `i & 31` of word `i >>> 5`. */
export function slicesOf(occupancy: SliceOccupancy, entries: Entries, axis: 0 | 1 | 2): Uint32Array {
  const words = sliceWords(occupancy.shape[axis]);
  const bits = occupancy.bits[axis];
  const slices = new Uint32Array(words);
  for (const entry of entries)
    for (let w = 0; w < words; w++) slices[w] = (slices[w] ?? 0) | (bits[entry * words + w] ?? 0);
  return slices;
}

/** The mean of the entries' voxels; entries share no voxels. Null without voxels. */
export function centroidOf({ sums }: SliceOccupancy, entries: Entries): Triple | null {
  const sum = (part: number) => {
    let all = 0;
    for (const entry of entries) all += sums[entry * 4 + part] ?? 0;
    return all;
  };
  const voxels = sum(0);
  return voxels === 0 ? null : [sum(1) / voxels, sum(2) / voxels, sum(3) / voxels];
}

export function inSlice(slices: Uint32Array, i: number): boolean {
  return (((slices[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1;
}

/** The next slice after `from`, up or down, that is in the set; null without one. */
export function nextSlice(slices: Uint32Array, length: number, from: number, by: 1 | -1): number | null {
  for (let i = from + by; i >= 0 && i < length; i += by) if (inSlice(slices, i)) return i;
  return null;
}

/** Ranges of consecutive slices, ascending: first, and one past the last. */
export function sliceRanges(slices: Uint32Array, length: number): (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  let from = -1;
  for (let i = 0; i <= length; i++) {
    const is = i < length && inSlice(slices, i);
    if (is && from < 0) from = i;
    if (is || from < 0) continue;
    ranges.push([from, i]);
    from = -1;
  }
  return ranges;
}
