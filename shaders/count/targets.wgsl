// Counts the voxels of every channel of byte targets. Workgroup (x, c) sums a part of channel c.

struct Params {
  voxel_blocks: u32,   // vec4s of one channel: ceil(voxels / 16)
  voxels: u32,
  stride: u32,         // vec4s from one channel to the next
  first_slot: u32,     // where channel 0 counts in `counts`
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> targets: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;

const PER_INVOCATION = 32u;

fn first_bytes(n: u32) -> vec4u {
  let k = clamp(vec4i(i32(n)) - vec4i(0, 4, 8, 12), vec4i(0), vec4i(4));
  let partial = (vec4u(1u) << (vec4u(k & vec4i(3)) * 8u)) - vec4u(1u);
  return select(partial, vec4u(0xffffffffu), k == vec4i(4));
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let channel = group.y;
  let start = group.x * 64u * PER_INVOCATION + local;
  var n = 0u;
  for (var r = 0u; r < PER_INVOCATION; r++) {
    let slot = start + r * 64u;
    if (slot < params.voxel_blocks) {
      let keep = first_bytes(min(params.voxels - slot * 16u, 16u));
      let bits = countOneBits(targets[channel * params.stride + slot] & keep);
      n += bits.x + bits.y + bits.z + bits.w;
    }
  }
  if (n > 0u) { atomicAdd(&counts[params.first_slot + channel], n); }
}
