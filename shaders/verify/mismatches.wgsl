// Counts the voxels in which two targets differ: the bit-for-bit comparison of two paths. Also counts the
// voxels compared, so that a comparison that never ran, or ran only partly, is not taken for one without
// differences. Leaves out everything beyond `voxels` in each channel, which is padding.
// Needs lib/first-bits.wgsl, lib/linear-id.wgsl.

override bits_per_voxel: u32 = 8u;   // 8: byte targets, 1: bit targets

struct Params {
  voxel_blocks: u32,   // vec4s per channel
  voxels: u32,
  channels: u32,
  stride: u32,         // vec4s from one channel to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> left: array<vec4u>;
@group(0) @binding(2) var<storage, read> right: array<vec4u>;
// Number of voxels that differ and number compared, each modulo 2^32.
@group(0) @binding(3) var<storage, read_write> counters: array<atomic<u32>, 2>;

var<workgroup> compared_here: atomic<u32>;

// 0x01 for every nonzero byte of a difference.
fn nonzero_bytes(d: vec4u) -> vec4u {
  let folded4 = d | (d >> vec4u(4u));
  let folded2 = folded4 | (folded4 >> vec4u(2u));
  return (folded2 | (folded2 >> vec4u(1u))) & vec4u(0x01010101u);
}

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) gid: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let slot = linear_id(gid, groups);
  let per_vec4 = 128u / bits_per_voxel;
  let before = min(slot * per_vec4, params.voxels);
  let voxels = min(params.voxels - before, per_vec4);
  let keep = first_bits(voxels * bits_per_voxel);
  var n = 0u;
  var compared = 0u;
  if (slot < params.voxel_blocks) {
    for (var c = 0u; c < params.channels; c++) {
      let at = c * params.stride + slot;
      var d = (left[at] ^ right[at]) & keep;
      if (bits_per_voxel == 8u) { d = nonzero_bytes(d); }
      let bits = countOneBits(d);
      n += bits.x + bits.y + bits.z + bits.w;
      compared += voxels;
    }
  }
  if (n > 0u) { atomicAdd(&counters[0], n); }
  if (compared > 0u) { atomicAdd(&compared_here, compared); }
  workgroupBarrier();
  if (local == 0u) { atomicAdd(&counters[1], atomicLoad(&compared_here)); }
}
