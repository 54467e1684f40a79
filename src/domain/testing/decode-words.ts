/** Plain versions of the kernels that decode words into targets. */

/**
 * Unpacks words (`voxels` words per 32 channels) into bytes: result[channel * voxels + voxel], 0
 * or 1.
 */
export function decodeWords(words: Uint32Array, voxels: number, channels: number): Uint8Array {
  const out = new Uint8Array(channels * voxels);
  for (let channel = 0; channel < channels; channel++) {
    const from = (channel >>> 5) * voxels;
    const to = channel * voxels;
    const shift = channel & 31;
    for (let i = 0; i < voxels; i++) out[to + i] = ((words[from + i] ?? 0) >>> shift) & 1;
  }
  return out;
}

/**
 * Unpacks words into one bit per voxel and channel: bit (v & 31) of result[channel * ceil(voxels / 32) + (v
 * >>> 5)] is voxel v. Bits beyond the last voxel are 0.
 */
export function decodeBits(words: Uint32Array, voxels: number, channels: number): Uint32Array {
  const columns = Math.ceil(voxels / 32);
  const out = new Uint32Array(channels * columns);
  for (let channel = 0; channel < channels; channel++) {
    const from = (channel >>> 5) * voxels;
    const to = channel * columns;
    const shift = channel & 31;
    for (let i = 0; i < voxels; i++) {
      const bit = ((words[from + i] ?? 0) >>> shift) & 1;
      out[to + (i >>> 5)] = (out[to + (i >>> 5)] ?? 0) | (bit << (i & 31));
    }
  }
  return out;
}
