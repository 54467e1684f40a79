// Looks regions up in the region table and writes targets of one bit per voxel and channel, directly from
// palette indices. One invocation writes a column of 32 voxels in all channels.
// Needs lib/decode-bits.wgsl, lib/linear-id.wgsl.

override bits_per_index: u32 = 8u;

struct Params {
  voxels: u32,
  channels: u32,
  palette_size: u32,
  out_stride: u32,     // u32s from one channel to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> region_table: array<u32>;
@group(0) @binding(2) var<storage, read> indices: array<vec4u>;
@group(0) @binding(3) var<storage, read_write> targets: array<u32>;

fn look_up(table: u32, p: vec4u) -> vec4u {
  return vec4u(region_table[table + p.x], region_table[table + p.y], region_table[table + p.z], region_table[table + p.w]);
}

fn four_bytes(v: u32) -> vec4u {
  return (vec4u(v) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(0xffu);
}

fn four_halves(v: vec2u) -> vec4u {
  return (v.xxyy >> vec4u(0u, 16u, 0u, 16u)) & vec4u(0xffffu);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let column = linear_id(gid, groups);
  if (column * 32u >= params.voxels) { return; }
  let keep = kept_bits(column);
  // Palette indices of voxels 0 to 3, 4 to 7, and so on. The last column may read beyond the volume; `keep`
  // drops those bits.
  var i0: vec4u;
  var i1: vec4u;
  var i2: vec4u;
  var i3: vec4u;
  var i4: vec4u;
  var i5: vec4u;
  var i6: vec4u;
  var i7: vec4u;
  if (bits_per_index == 8u) {
    let a = indices[column * 2u];
    let b = indices[column * 2u + 1u];
    i0 = four_bytes(a.x);
    i1 = four_bytes(a.y);
    i2 = four_bytes(a.z);
    i3 = four_bytes(a.w);
    i4 = four_bytes(b.x);
    i5 = four_bytes(b.y);
    i6 = four_bytes(b.z);
    i7 = four_bytes(b.w);
  } else {
    let a = indices[column * 4u];
    let b = indices[column * 4u + 1u];
    let c = indices[column * 4u + 2u];
    let d = indices[column * 4u + 3u];
    i0 = four_halves(a.xy);
    i1 = four_halves(a.zw);
    i2 = four_halves(b.xy);
    i3 = four_halves(b.zw);
    i4 = four_halves(c.xy);
    i5 = four_halves(c.zw);
    i6 = four_halves(d.xy);
    i7 = four_halves(d.zw);
  }
  for (var first = 0u; first < params.channels; first += 32u) {
    let table = (first >> 5u) * params.palette_size;
    let lo = byte_planes(look_up(table, i0), look_up(table, i2), look_up(table, i4), look_up(table, i6));
    let hi = byte_planes(look_up(table, i1), look_up(table, i3), look_up(table, i5), look_up(table, i7));
    write_channels(lo.plane0, hi.plane0, first, column, keep);
    if (first + 8u < params.channels) { write_channels(lo.plane1, hi.plane1, first + 8u, column, keep); }
    if (first + 16u < params.channels) { write_channels(lo.plane2, hi.plane2, first + 16u, column, keep); }
    if (first + 24u < params.channels) { write_channels(lo.plane3, hi.plane3, first + 24u, column, keep); }
  }
}
