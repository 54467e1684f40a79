// Counts the voxels of every channel of byte or bit targets; both have one set bit per voxel of the channel.
// Workgroup (x, c) sums a part of channel c.
// Needs lib/first-bits.wgsl.

override bits_per_voxel: u32 = 8u;   // 8: byte targets, 1: bit targets

struct Params {
  voxel_blocks: u32,   // vec4s per channel
  voxels: u32,
  stride: u32,         // vec4s from one channel to the next
  first_slot: u32,     // position of channel 0 in `counts`
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> targets: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;

const PER_INVOCATION = 32u;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let channel = group.y;
  let start = group.x * 64u * PER_INVOCATION + local;
  let per_vec4 = 128u / bits_per_voxel;
  var n = 0u;
  for (var r = 0u; r < PER_INVOCATION; r++) {
    let slot = start + r * 64u;
    if (slot < params.voxel_blocks) {
      let before = min(slot * per_vec4, params.voxels);
      let keep = first_bits(min(params.voxels - before, per_vec4) * bits_per_voxel);
      let bits = countOneBits(targets[channel * params.stride + slot] & keep);
      n += bits.x + bits.y + bits.z + bits.w;
    }
  }
  if (n > 0u) { atomicAdd(&counts[params.first_slot + channel], n); }
}
