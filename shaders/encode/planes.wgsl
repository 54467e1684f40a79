// Packs masks that came as separate channels: one bit plane per channel (bit i & 31 of u32 i >> 5 is voxel i)
// becomes words, one u32 per voxel and 32 channels. One invocation transposes 32 voxels of 32 channels.
// Needs lib/decode-bytes.wgsl, lib/transpose-bits.wgsl, lib/linear-id.wgsl.

struct Params {
  voxels: u32,
  channels: u32,
  plane_stride: u32,   // u32s from one bit plane to the next
  out_offset: u32,     // offset of the first word plane, in u32s
  out_stride: u32,     // u32s from one word plane to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> planes: array<u32>;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;

// 32 voxels of a channel; zero beyond the last channel.
fn row(channel: u32, column: u32) -> u32 {
  let voxels = planes[min(channel, params.channels - 1u) * params.plane_stride + column];
  return select(0u, voxels, channel < params.channels);
}

fn four_rows(channel: u32, column: u32) -> vec4u {
  return vec4u(row(channel, column), row(channel + 1u, column), row(channel + 2u, column), row(channel + 3u, column));
}

// Writes the first n of eight voxels, from one byte of all 32 channels.
fn write_voxels(lo: vec4u, hi: vec4u, at: u32, n: u32) {
  let rows = transpose_bits(lo, hi);
  result[at] = rows.even.x;
  if (n > 1u) { result[at + 1u] = rows.odd.x; }
  if (n > 2u) { result[at + 2u] = rows.even.y; }
  if (n > 3u) { result[at + 3u] = rows.odd.y; }
  if (n > 4u) { result[at + 4u] = rows.even.z; }
  if (n > 5u) { result[at + 5u] = rows.odd.z; }
  if (n > 6u) { result[at + 6u] = rows.even.w; }
  if (n > 7u) { result[at + 7u] = rows.odd.w; }
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let column = linear_id(gid, groups);
  if (column * 32u >= params.voxels) { return; }
  let n = params.voxels - column * 32u;
  for (var c = 0u; c < params.channels; c += 32u) {
    let lo = byte_planes(four_rows(c, column), four_rows(c + 8u, column), four_rows(c + 16u, column), four_rows(c + 24u, column));
    let hi = byte_planes(four_rows(c + 4u, column), four_rows(c + 12u, column), four_rows(c + 20u, column), four_rows(c + 28u, column));
    let at = params.out_offset + (c >> 5u) * params.out_stride + column * 32u;
    write_voxels(lo.plane0, hi.plane0, at, n);
    if (n > 8u) { write_voxels(lo.plane1, hi.plane1, at + 8u, n - 8u); }
    if (n > 16u) { write_voxels(lo.plane2, hi.plane2, at + 16u, n - 16u); }
    if (n > 24u) { write_voxels(lo.plane3, hi.plane3, at + 24u, n - 24u); }
  }
}
