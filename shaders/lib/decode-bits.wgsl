// Writes targets of one bit per voxel and channel from the byte planes (see decode-bytes.wgsl) of 32 words.
// The kernel declares `targets: array<u32>` and `params` with `voxels`, `channels` and `out_stride`.

// The first bits of a u32 that belong to voxels: those beyond the last voxel stay zero.
fn kept_bits(column: u32) -> u32 {
  return first_bits(params.voxels - column * 32u).x;
}

// Eight channels of the 32 voxels of a column. Component i of lo holds one byte of the words of voxels
// i, 8 + i, 16 + i, 24 + i; component i of hi that of voxels 4 + i, 12 + i and so on. So lo and hi are the eight
// rows of four 8x8 bit matrices; transposed, bit v of row k is channel k of voxel v.
fn write_channels(lo: vec4u, hi: vec4u, channel: u32, column: u32, keep: u32) {
  let m4 = ((lo >> vec4u(4u)) ^ hi) & vec4u(0x0f0f0f0fu);
  let a = lo ^ (m4 << vec4u(4u));
  let b = hi ^ m4;
  let c = vec4u(a.xy, b.xy);
  let d = vec4u(a.zw, b.zw);
  let m2 = ((c >> vec4u(2u)) ^ d) & vec4u(0x33333333u);
  let e = c ^ (m2 << vec4u(2u));
  let f = d ^ m2;
  let g = vec4u(e.x, f.x, e.z, f.z);
  let h = vec4u(e.y, f.y, e.w, f.w);
  let m1 = ((g >> vec4u(1u)) ^ h) & vec4u(0x55555555u);
  let even = (g ^ (m1 << vec4u(1u))) & vec4u(keep);
  let odd = (h ^ m1) & vec4u(keep);
  let at = channel * params.out_stride + column;
  // Of the last eight channels, some may be beyond the last.
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
