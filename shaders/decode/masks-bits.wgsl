// Packs byte masks (0 or 1), one per channel, into targets of one bit per voxel and channel: bit v & 31 of
// u32 v >> 5 of a channel is voxel v. One invocation packs a column of 32 voxels in all channels.
// Needs lib/first-bits.wgsl, lib/linear-id.wgsl.

struct Params {
  voxels: u32,
  channels: u32,
  in_stride: u32,      // vec4s from one channel to the next
  out_stride: u32,     // u32s from one channel to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> masks: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> targets: array<u32>;

// Turns sixteen bytes of 0 or 1 into sixteen bits: the product gathers the four bytes of a u32 in its top
// byte.
fn sixteen_bits(bytes: vec4u) -> u32 {
  let nibbles = (bytes * 0x01020408u) >> vec4u(24u);
  return nibbles.x | (nibbles.y << 4u) | (nibbles.z << 8u) | (nibbles.w << 12u);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let column = linear_id(gid, groups);
  if (column * 32u >= params.voxels) { return; }
  let keep = first_bits(params.voxels - column * 32u).x;
  // The last column may read beyond its channel; `keep` drops those bits.
  for (var c = 0u; c < params.channels; c++) {
    let at = c * params.in_stride + column * 2u;
    let bits = sixteen_bits(masks[at]) | (sixteen_bits(masks[at + 1u]) << 16u);
    targets[c * params.out_stride + column] = bits & keep;
  }
}
