/** Lays out the region table for the raster backend: eight channels in a byte, two voxels at a time. */

/**
 * Entries for a group of eight channels: every pair of 8-bit palette indices, with the first in the low byte.
 */
export const PAIRS = 1 << 16;

/**
 * Makes a table in which `result[group * PAIRS + (first | (second << 8))]` holds eight channels of the first
 * voxel in its low byte and those of the second in the next. Group g is channels 8g to 8g + 7.
 * @param bits `RegionTable.bits` of the channels, starting at a whole word
 */
export function pairTable(bits: Uint32Array, paletteSize: number, channels: number): Uint32Array {
  const groups = Math.ceil(channels / 8);
  const pairs = new Uint32Array(groups * PAIRS);
  for (let group = 0; group < groups; group++) {
    const word = (group >>> 2) * paletteSize;
    const shift = (group & 3) * 8;
    const bytes = bits.subarray(word, word + paletteSize).map((entry) => (entry >>> shift) & 0xff);
    for (let second = 0; second < paletteSize; second++) {
      const high = (bytes[second] ?? 0) << 8;
      const to = group * PAIRS + (second << 8);
      for (let first = 0; first < paletteSize; first++) pairs[to + first] = (bytes[first] ?? 0) | high;
    }
  }
  return pairs;
}

/**
 * Makes the same table for 16-bit palettes, one voxel at a time: `result[group * paletteSize + entry]` holds
 * the byte in all four places.
 */
export function byteTable(bits: Uint32Array, paletteSize: number, channels: number): Uint32Array {
  const groups = Math.ceil(channels / 8);
  const bytes = new Uint32Array(groups * paletteSize);
  for (let group = 0; group < groups; group++) {
    const word = (group >>> 2) * paletteSize;
    const shift = (group & 3) * 8;
    for (let p = 0; p < paletteSize; p++) {
      bytes[group * paletteSize + p] = (((bits[word + p] ?? 0) >>> shift) & 0xff) * 0x01010101;
    }
  }
  return bytes;
}
