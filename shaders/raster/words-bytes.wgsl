// Draws words into targets of one byte per voxel and channel. One fragment handles sixteen voxels of eight
// channels.
// Needs lib/raster-channels.wgsl.

struct Params {
  width: u32,          // texels in a row of the render target
  first_word: u32,     // offset of the word plane of these channels, in vec4s
  shift: u32,          // first bit of these channels in a word
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> words: array<vec4u>;

@fragment
fn draw(@builtin(position) position: vec4f) -> Channels {
  let slot = texel_of(position, params.width);
  let at = params.first_word + slot * 4u;
  let a = words[at];
  let b = words[at + 1u];
  let c = words[at + 2u];
  let d = words[at + 3u];
  // The words of voxels 0, 4, 8, 12, then of 1, 5, 9, 13, and so on, reduced to the byte with these channels.
  let s = vec4u(params.shift);
  let byte = vec4u(0xffu);
  let b0 = (vec4u(a.x, b.x, c.x, d.x) >> s) & byte;
  let b1 = (vec4u(a.y, b.y, c.y, d.y) >> s) & byte;
  let b2 = (vec4u(a.z, b.z, c.z, d.z) >> s) & byte;
  let b3 = vec4u(a.w, b.w, c.w, d.w) >> s;
  return eight_channels(b0 | (b1 * 0x100u) | (b2 * 0x10000u) | (b3 * 0x1000000u));
}
