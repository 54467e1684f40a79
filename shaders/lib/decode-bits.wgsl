// Writes targets of one bit per voxel and channel from the byte planes (see decode-bytes.wgsl) of 32 words.
// The kernel declares `targets: array<u32>` and `params` with `voxels`, `channels` and `out_stride`.
// Needs lib/first-bits.wgsl, lib/decode-bytes.wgsl, lib/transpose-bits.wgsl.

// Bit mask of a u32: its bits that belong to voxels; bits beyond the last voxel are zero.
fn kept_bits(column: u32) -> u32 {
  return first_bits(params.voxels - column * 32u).x;
}

// Writes eight channels of the 32 voxels of a column. Component i of lo holds one byte of the words of voxels
// i, 8 + i, 16 + i, 24 + i; component i of hi that of voxels 4 + i, 12 + i and so on. After transposing, bit
// v of row k is channel k of voxel v.
fn write_channels(lo: vec4u, hi: vec4u, channel: u32, column: u32, keep: u32) {
  let rows = transpose_bits(lo, hi);
  let even = rows.even & vec4u(keep);
  let odd = rows.odd & vec4u(keep);
  let at = channel * params.out_stride + column;
  // The last eight rows may include some beyond the last channel.
  let n = params.channels - channel;
  targets[at] = even.x;
  if (n > 1u) { targets[at + 1u * params.out_stride] = odd.x; }
  if (n > 2u) { targets[at + 2u * params.out_stride] = even.y; }
  if (n > 3u) { targets[at + 3u * params.out_stride] = odd.y; }
  if (n > 4u) { targets[at + 4u * params.out_stride] = even.z; }
  if (n > 5u) { targets[at + 5u * params.out_stride] = odd.z; }
  if (n > 6u) { targets[at + 6u * params.out_stride] = even.w; }
  if (n > 7u) { targets[at + 7u * params.out_stride] = odd.w; }
}
