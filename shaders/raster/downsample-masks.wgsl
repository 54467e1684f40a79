// Draws the downsampled byte masks of all scales at once: a list names the source voxel of every target
// voxel. One fragment handles sixteen voxels of up to eight channels, one channel per colour attachment.
// Needs lib/raster-channels.wgsl.

override attachments: u32 = 1u;

struct Params {
  width: u32,          // texels in a row of the render target
  texels: u32,         // of the picture
  first_word: u32,     // offset of the first of these channels, in u32s
  stride: u32,         // u32s from one channel to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> list: array<vec4u>;
@group(0) @binding(2) var<storage, read> source: array<u32>;

// Positions of four voxels: their u32s, and the first bit in each.
struct Four {
  word: vec4u,
  shift: vec4u,
}

fn place(s: vec4u) -> Four {
  return Four((s >> vec4u(2u)) + vec4u(params.first_word), (s & vec4u(3u)) * 8u);
}

// Masks are 0 or 1, so the lowest bit is enough.
fn four(at: Four, k: u32) -> vec4u {
  let w = at.word + vec4u(k * params.stride);
  return (vec4u(source[w.x], source[w.y], source[w.z], source[w.w]) >> at.shift) & vec4u(1u);
}

fn channel(k: u32, p0: Four, p1: Four, p2: Four, p3: Four) -> vec4u {
  if (k >= attachments) {
    return vec4u(0u);
  }
  let a = four(p0, k);
  let b = four(p1, k);
  let c = four(p2, k);
  let d = four(p3, k);
  return sixteen_bytes(a, b, c, d);
}

@fragment
fn draw(@builtin(position) position: vec4f) -> Channels {
  let slot = min(texel_of(position, params.width), params.texels - 1u);
  let at = slot * 4u;
  let a = place(list[at]);
  let b = place(list[at + 1u]);
  let c = place(list[at + 2u]);
  let d = place(list[at + 3u]);
  return Channels(channel(0u, a, b, c, d), channel(1u, a, b, c, d), channel(2u, a, b, c, d), channel(3u, a, b, c, d),
                  channel(4u, a, b, c, d), channel(5u, a, b, c, d), channel(6u, a, b, c, d), channel(7u, a, b, c, d));
}
