import type { Region } from "./region-set.ts";

/** Which palette entries are in which channels. */
export interface RegionTable {
  readonly channels: number;
  /** u32 words a voxel: 32 channels each. */
  readonly words: number;
  readonly paletteSize: number;
  /** Bit `c & 31` of `bits[(c >>> 5) * paletteSize + p]` says whether palette entry p is in channel c. */
  readonly bits: Uint32Array;
}

/**
 * Looks every palette entry up in every region. Label -1, outside the nonzero mask of preprocessed data, counts as 0:
 * nnU-Net's `RemoveLabelTansform(-1, 0)` runs before the regions are made, so a region that lists -1 gets nothing from it.
 */
export function regionTable(palette: Float64Array, regions: readonly Region[]): RegionTable {
  const paletteSize = palette.length;
  const words = Math.ceil(regions.length / 32);
  const bits = new Uint32Array(words * paletteSize);
  const entries = entriesByLabel(palette);
  for (const [channel, region] of regions.entries()) {
    const word = (channel >>> 5) * paletteSize;
    const bit = 1 << (channel & 31);
    for (const label of region.labels) {
      for (const p of entries.get(label) ?? []) bits[word + p] = (bits[word + p] ?? 0) | bit;
    }
  }
  return { channels: regions.length, words, paletteSize, bits };
}

/** Palette entries by the label they count as; thousands of labels in thousands of regions stay quick to look up. */
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
 * Voxels of every channel, from the voxels of every palette entry.
 * @param entryVoxels one count per palette entry
 */
export function regionCounts(table: RegionTable, entryVoxels: ArrayLike<number>): number[] {
  const counts = new Array<number>(table.channels).fill(0);
  for (let w = 0; w < table.words; w++) {
    for (let p = 0; p < table.paletteSize; p++) {
      const voxels = entryVoxels[p] ?? 0;
      let bits = table.bits[w * table.paletteSize + p] ?? 0;
      while (bits !== 0) {
        const channel = w * 32 + 31 - Math.clz32(bits & -bits);
        counts[channel] = (counts[channel] ?? 0) + voxels;
        bits &= bits - 1;
      }
    }
  }
  return counts;
}
