// Decodes words into targets of one bit per voxel and channel: bit v & 31 of u32 v >> 5 of a channel is voxel
// v. One invocation writes a column of 32 voxels in all channels.
// Needs lib/decode-bits.wgsl, lib/linear-id.wgsl.

struct Params {
  voxels: u32,
  channels: u32,
  in_stride: u32,      // vec4s from one word plane to the next
  out_stride: u32,     // u32s from one channel to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> words: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> targets: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let column = linear_id(gid, groups);
  if (column * 32u >= params.voxels) { return; }
  let keep = kept_bits(column);
  for (var first = 0u; first < params.channels; first += 32u) {
    // The last column may read beyond its plane; `keep` drops those bits.
    let at = (first >> 5u) * params.in_stride + column * 8u;
    let lo = byte_planes(words[at], words[at + 2u], words[at + 4u], words[at + 6u]);
    let hi = byte_planes(words[at + 1u], words[at + 3u], words[at + 5u], words[at + 7u]);
    write_channels(lo.plane0, hi.plane0, first, column, keep);
    if (first + 8u < params.channels) { write_channels(lo.plane1, hi.plane1, first + 8u, column, keep); }
    if (first + 16u < params.channels) { write_channels(lo.plane2, hi.plane2, first + 16u, column, keep); }
    if (first + 24u < params.channels) { write_channels(lo.plane3, hi.plane3, first + 24u, column, keep); }
  }
}
