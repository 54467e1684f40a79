// Draws the downsampled words of all scales at once: a list names the source voxel of every target voxel. One
// fragment handles four voxels of up to eight word planes, one per colour attachment.
// Needs lib/raster-channels.wgsl.

override attachments: u32 = 1u;

struct Params {
  width: u32,          // texels in a row of the render target
  texels: u32,         // texels of the list
  first_word: u32,     // offset of the first of these word planes, in u32s
  stride: u32,         // u32s from one word plane to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> list: array<vec4u>;
@group(0) @binding(2) var<storage, read> source: array<u32>;

fn words(k: u32, s: vec4u) -> vec4u {
  if (k >= attachments) {
    return vec4u(0u);
  }
  let at = s + vec4u(params.first_word + k * params.stride);
  return vec4u(source[at.x], source[at.y], source[at.z], source[at.w]);
}

@fragment
fn draw(@builtin(position) position: vec4f) -> Channels {
  let slot = min(texel_of(position, params.width), params.texels - 1u);
  let s = list[slot];
  return Channels(words(0u, s), words(1u, s), words(2u, s), words(3u, s), words(4u, s), words(5u, s), words(6u, s), words(7u, s));
}
