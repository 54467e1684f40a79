/** The region table as drawn targets look it up: eight channels a byte, two voxels at a time. */

/** Entries of one group of eight channels: every pair of 8-bit palette indices, the first in the low byte. */
export const PAIRS = 1 << 16;

/**
 * `result[group * PAIRS + (first | (second << 8))]` holds eight channels of the first voxel in its low byte
 * and those of the second in the next; group g is channels 8g to 8g + 7. Made once per region set.
 * @param bits `RegionTable.bits` of the channels wanted, from a whole word on
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
 * The same for palettes of 16 bits, one voxel at a time: `result[group * paletteSize + entry]` holds the byte
 * in all four places.
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
