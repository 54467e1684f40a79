/** Builds the table of palette entries and channels, and counts voxels with it. */
import type { Region } from "./region-set.ts";

/** Which palette entries belong to which channels. */
export interface RegionTable {
  readonly channels: number;
  /** u32 words per voxel, 32 channels each. */
  readonly words: number;
  readonly paletteSize: number;
  /** Bit `c & 31` of `bits[(c >>> 5) * paletteSize + p]` tells whether palette entry p is in channel c. */
  readonly bits: Uint32Array;
}

/**
 * Palette entries of all channels: channel c has `entries[starts[c]]` up to but excluding
 * `entries[starts[c + 1]]`, ascending.
 */
interface ChannelEntries {
  readonly starts: Uint32Array;
  readonly entries: Uint32Array;
}

const KNOWN = new WeakMap<RegionTable, ChannelEntries>();

/**
 * Looks up every palette entry in every region. Label -1, outside the nonzero mask of preprocessed data,
 * counts as 0: nnU-Net applies `RemoveLabelTansform(-1, 0)` before it makes the regions, so a region that
 * lists -1 gets nothing from it.
 * @param minusOneIsLabel -1 belongs to what lists it as well: to draw the labels that no region has
 */
export function regionTable(
  palette: Float64Array,
  regions: readonly Region[],
  { minusOneIsLabel = false } = {},
): RegionTable {
  const paletteSize = palette.length;
  const words = Math.ceil(regions.length / 32);
  const bits = new Uint32Array(words * paletteSize);
  const byLabel = entriesByLabel(palette);
  const minusOne = minusOneIsLabel ? palette.indexOf(-1) : -1;
  if (minusOne >= 0) byLabel.set(-1, [minusOne]);
  const held: number[][] = [];
  for (const [channel, region] of regions.entries()) {
    const word = (channel >>> 5) * paletteSize;
    const bit = 1 << (channel & 31);
    const entries: number[] = [];
    for (const label of region.labels) {
      for (const p of byLabel.get(label) ?? []) {
        const before = bits[word + p] ?? 0;
        // A region may list a label twice.
        if ((before & bit) === 0) entries.push(p);
        bits[word + p] = before | bit;
      }
    }
    held.push(entries.sort((a, b) => a - b));
  }
  const table = { channels: regions.length, words, paletteSize, bits };
  KNOWN.set(table, joined(held));
  return table;
}

/**
 * The table's bits as a list per channel. With thousands of labels in as many regions, only 2 words in 10,000
 * are set, and a sum per region needs only those. Cached per table.
 */
export function channelEntries(table: RegionTable): ChannelEntries {
  const known = KNOWN.get(table);
  if (known) return known;
  const { channels, words, paletteSize, bits } = table;
  const held = Array.from({ length: channels }, (): number[] => []);
  for (let w = 0; w < words; w++) {
    for (let p = 0; p < paletteSize; p++) {
      for (let rest = bits[w * paletteSize + p] ?? 0; rest !== 0; rest &= rest - 1) {
        held[w * 32 + 31 - Math.clz32(rest & -rest)]?.push(p);
      }
    }
  }
  const found = joined(held);
  KNOWN.set(table, found);
  return found;
}

/** The palette entries of one channel, ascending. */
export function entriesOfChannel(table: RegionTable, channel: number): Uint32Array {
  const { starts, entries } = channelEntries(table);
  return entries.subarray(starts[channel] ?? 0, starts[channel + 1] ?? starts[channel] ?? 0);
}

function joined(held: readonly (readonly number[])[]): ChannelEntries {
  const starts = new Uint32Array(held.length + 1);
  for (const [c, { length }] of held.entries()) starts[c + 1] = (starts[c] ?? 0) + length;
  const entries = new Uint32Array(starts[held.length] ?? 0);
  for (const [c, list] of held.entries()) entries.set(list, starts[c]);
  return { starts, entries };
}

/**
 * Palette entries by the label they count as, so that lookups stay fast for thousands of labels in thousands
 * of regions.
 */
function entriesByLabel(palette: Float64Array): Map<number, number[]> {
  const entries = new Map<number, number[]>();
  for (const [p, value] of palette.entries()) {
    const label = value === -1 ? 0 : value;
    const known = entries.get(label);
    if (known) known.push(p);
    else entries.set(label, [p]);
  }
  return entries;
}

/**
 * Voxel count of every channel, from the voxel counts of the palette entries.
 * @param entryVoxels one count per palette entry
 */
export function regionCounts(table: RegionTable, entryVoxels: ArrayLike<number>): number[] {
  const { starts, entries } = channelEntries(table);
  return Array.from({ length: table.channels }, (_, channel) => {
    let sum = 0;
    const to = starts[channel + 1] ?? 0;
    for (let i = starts[channel] ?? 0; i < to; i++) sum += entryVoxels[entries[i] ?? 0] ?? 0;
    return sum;
  });
}
