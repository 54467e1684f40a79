// Draws words into targets of one byte per voxel and channel. One fragment: sixteen voxels of eight channels.
// Needs lib/draw-channels.wgsl.

struct Params {
  width: u32,          // texels in a row of the picture
  first_word: u32,     // vec4s before the word plane of these channels
  shift: u32,          // bits before these channels in a word
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> words: array<vec4u>;

@fragment
fn draw(@builtin(position) position: vec4f) -> Channels {
  let slot = u32(position.y) * params.width + u32(position.x);
  let at = params.first_word + slot * 4u;
  let a = words[at];
  let b = words[at + 1u];
  let c = words[at + 2u];
  let d = words[at + 3u];
  return eight_channels(vec4u(a.x, b.x, c.x, d.x), vec4u(a.y, b.y, c.y, d.y),
                        vec4u(a.z, b.z, c.z, d.z), vec4u(a.w, b.w, c.w, d.w), params.shift);
}
