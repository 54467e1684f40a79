// Counts the voxels in which two targets differ: the bit-for-bit comparison of two paths.
// Bytes beyond `voxels` in each channel are padding and are left out.

struct Params {
  voxel_blocks: u32,   // vec4s of one channel: ceil(voxels / 16)
  voxels: u32,
  channels: u32,
  stride: u32,         // vec4s from one channel to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> left: array<vec4u>;
@group(0) @binding(2) var<storage, read> right: array<vec4u>;
@group(0) @binding(3) var<storage, read_write> mismatches: array<atomic<u32>>;

// Bytes of a difference that are not zero, each as 0x01.
fn nonzero_bytes(d: vec4u) -> vec4u {
  let folded4 = d | (d >> vec4u(4u));
  let folded2 = folded4 | (folded4 >> vec4u(2u));
  return (folded2 | (folded2 >> vec4u(1u))) & vec4u(0x01010101u);
}

// Keeps the first n bytes of sixteen (n from 0 to 16).
fn first_bytes(n: u32) -> vec4u {
  let k = clamp(vec4i(i32(n)) - vec4i(0, 4, 8, 12), vec4i(0), vec4i(4));
  let partial = (vec4u(1u) << (vec4u(k & vec4i(3)) * 8u)) - vec4u(1u);
  return select(partial, vec4u(0xffffffffu), k == vec4i(4));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let slot = gid.x + gid.y * groups.x * 64u;
  if (slot >= params.voxel_blocks) { return; }
  let keep = first_bytes(min(params.voxels - slot * 16u, 16u));
  var n = 0u;
  for (var c = 0u; c < params.channels; c++) {
    let at = c * params.stride + slot;
    let d = (left[at] ^ right[at]) & keep;
    let bits = countOneBits(nonzero_bytes(d));
    n += bits.x + bits.y + bits.z + bits.w;
  }
  if (n > 0u) { atomicAdd(&mismatches[0], n); }
}
