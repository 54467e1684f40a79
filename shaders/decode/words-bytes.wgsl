// Decodes words into targets of one byte per voxel and channel. One invocation writes sixteen voxels in all
// channels.
// Needs lib/decode-bytes.wgsl, lib/linear-id.wgsl.

struct Params {
  voxel_blocks: u32,   // ceil(voxels / 16)
  channels: u32,
  in_offset: u32,      // offset of the first word plane, in vec4s
  in_stride: u32,      // vec4s from one word plane to the next
  out_stride: u32,     // vec4s from one channel to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> words: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> targets: array<vec4u>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let slot = linear_id(gid, groups);
  if (slot >= params.voxel_blocks) { return; }
  let one = vec4u(0x01010101u);
  for (var first = 0u; first < params.channels; first += 32u) {
    let at = params.in_offset + (first >> 5u) * params.in_stride + slot * 4u;
    let a = words[at];
    let b = words[at + 1u];
    let c = words[at + 2u];
    let d = words[at + 3u];
    let p = byte_planes(vec4u(a.x, b.x, c.x, d.x), vec4u(a.y, b.y, c.y, d.y),
                        vec4u(a.z, b.z, c.z, d.z), vec4u(a.w, b.w, c.w, d.w));
    let n = min(params.channels - first, 32u);
    let out = first * params.out_stride + slot;
    for (var k = 0u; k < min(n, 8u); k++) {
      targets[out + k * params.out_stride] = (p.plane0 >> vec4u(k)) & one;
    }
    for (var k = 8u; k < min(n, 16u); k++) {
      targets[out + k * params.out_stride] = (p.plane1 >> vec4u(k - 8u)) & one;
    }
    for (var k = 16u; k < min(n, 24u); k++) {
      targets[out + k * params.out_stride] = (p.plane2 >> vec4u(k - 16u)) & one;
    }
    for (var k = 24u; k < n; k++) {
      targets[out + k * params.out_stride] = (p.plane3 >> vec4u(k - 24u)) & one;
    }
  }
}
