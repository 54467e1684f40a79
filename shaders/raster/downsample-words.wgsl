// Draws the downsampled words of all scales at once: a list names the source voxel of every target voxel. One
// fragment handles four voxels of up to eight word planes, one plane per colour attachment.
// Needs lib/raster-channels.wgsl.

override planes: u32 = 1u;

struct Params {
  width: u32,          // texels in a row of the render target
  texels: u32,         // texels of the list
  first_word: u32,     // offset of the first of these planes, in u32s
  stride: u32,         // u32s from one plane to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> list: array<vec4u>;
@group(0) @binding(2) var<storage, read> source: array<u32>;

fn plane(k: u32, s: vec4u) -> vec4u {
  if (k >= planes) {
    return vec4u(0u);
  }
  let at = s + vec4u(params.first_word + k * params.stride);
  return vec4u(source[at.x], source[at.y], source[at.z], source[at.w]);
}

@fragment
fn draw(@builtin(position) position: vec4f) -> Channels {
  let slot = min(texel_of(position, params.width), params.texels - 1u);
  let s = list[slot];
  return Channels(plane(0u, s), plane(1u, s), plane(2u, s), plane(3u, s), plane(4u, s), plane(5u, s), plane(6u, s), plane(7u, s));
}
