// Looks regions up in the region table and writes targets of one byte per voxel and channel, directly from
// palette indices. One invocation writes sixteen voxels in all channels.
// Needs lib/decode-bytes.wgsl, lib/linear-id.wgsl.

override bits_per_index: u32 = 8u;

struct Params {
  voxel_blocks: u32,   // ceil(voxels / 16)
  channels: u32,
  palette_size: u32,
  out_stride: u32,     // vec4s from one channel to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> region_table: array<u32>;
@group(0) @binding(2) var<storage, read> indices: array<vec4u>;
@group(0) @binding(3) var<storage, read_write> targets: array<vec4u>;

fn look_up(table: u32, p: vec4u) -> vec4u {
  return vec4u(region_table[table + p.x], region_table[table + p.y], region_table[table + p.z], region_table[table + p.w]);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let slot = linear_id(gid, groups);
  if (slot >= params.voxel_blocks) { return; }
  // Palette indices of voxels 0, 4, 8, 12, then of 1, 5, 9, 13, and so on.
  var i0: vec4u;
  var i1: vec4u;
  var i2: vec4u;
  var i3: vec4u;
  if (bits_per_index == 8u) {
    let v = indices[slot];
    let byte = vec4u(0xffu);
    i0 = v & byte;
    i1 = (v >> vec4u(8u)) & byte;
    i2 = (v >> vec4u(16u)) & byte;
    i3 = v >> vec4u(24u);
  } else {
    let a = indices[slot * 2u];
    let b = indices[slot * 2u + 1u];
    let even = vec4u(a.x, a.z, b.x, b.z);
    let odd = vec4u(a.y, a.w, b.y, b.w);
    i0 = even & vec4u(0xffffu);
    i1 = even >> vec4u(16u);
    i2 = odd & vec4u(0xffffu);
    i3 = odd >> vec4u(16u);
  }
  let one = vec4u(0x01010101u);
  for (var first = 0u; first < params.channels; first += 32u) {
    let table = (first >> 5u) * params.palette_size;
    let p = byte_planes(look_up(table, i0), look_up(table, i1), look_up(table, i2), look_up(table, i3));
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
