// Looks up palette indices and draws targets of one byte per voxel and channel. One fragment handles sixteen
// voxels of eight channels.
// Needs lib/raster-channels.wgsl.

override bits_per_index: u32 = 8u;

struct Params {
  width: u32,          // texels in a row of the render target
  table: u32,          // start of these channels in the table
}

@group(0) @binding(0) var<uniform> params: Params;
// With 8-bit indices: eight channels of every pair of indices, one byte per index. With 16-bit indices: eight
// channels of every index, repeated in all four bytes.
@group(0) @binding(1) var<storage, read> regions: array<u32>;
@group(0) @binding(2) var<storage, read> indices: array<vec4u>;

fn look_up(p: vec4u) -> vec4u {
  let at = p + vec4u(params.table);
  return vec4u(regions[at.x], regions[at.y], regions[at.z], regions[at.w]);
}

@fragment
fn draw(@builtin(position) position: vec4f) -> Channels {
  let slot = texel_of(position, params.width);
  let half = vec4u(0xffffu);
  if (bits_per_index == 8u) {
    // One look-up serves two voxels.
    let v = indices[slot];
    return eight_channels(look_up(v & half) | (look_up(v >> vec4u(16u)) * 0x10000u));
  }
  let a = indices[slot * 2u];
  let b = indices[slot * 2u + 1u];
  let even = vec4u(a.x, a.z, b.x, b.z);
  let odd = vec4u(a.y, a.w, b.y, b.w);
  return eight_channels((look_up(even & half) & vec4u(0x000000ffu)) | (look_up(even >> vec4u(16u)) & vec4u(0x0000ff00u))
                      | (look_up(odd & half) & vec4u(0x00ff0000u)) | (look_up(odd >> vec4u(16u)) & vec4u(0xff000000u)));
}
