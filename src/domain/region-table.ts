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
  regions.forEach((region, channel) => {
    const labels = new Set(region.labels);
    const word = (channel >>> 5) * paletteSize;
    const bit = 1 << (channel & 31);
    palette.forEach((value, p) => {
      if (labels.has(value === -1 ? 0 : value)) bits[word + p] = (bits[word + p] ?? 0) | bit;
    });
  });
  return { channels: regions.length, words, paletteSize, bits };
}
