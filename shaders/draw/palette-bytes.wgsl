// Looks regions up in the region table and draws them into targets of one byte per voxel and channel, straight from palette
// indices. One fragment: sixteen voxels of eight channels. Needs lib/draw-channels.wgsl.

override bits_per_index: u32 = 8u;

struct Params {
  width: u32,          // texels in a row of the picture
  table: u32,          // where the word of these channels begins in the region table
  shift: u32,          // bits before these channels in a word
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> region_table: array<u32>;
@group(0) @binding(2) var<storage, read> indices: array<vec4u>;

fn look_up(p: vec4u) -> vec4u {
  let at = p + vec4u(params.table);
  return vec4u(region_table[at.x], region_table[at.y], region_table[at.z], region_table[at.w]);
}

@fragment
fn draw(@builtin(position) position: vec4f) -> Channels {
  let slot = u32(position.y) * params.width + u32(position.x);
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
  return eight_channels(look_up(i0), look_up(i1), look_up(i2), look_up(i3), params.shift);
}
