// Draws the downsampled palette indices of all scales at once: a list names the source voxel of every target
// voxel. One fragment writes sixteen bytes: sixteen voxels of 8 bits or eight of 16.
// Needs lib/raster-channels.wgsl.

override bits_per_index: u32 = 8u;

struct Params {
  width: u32,          // texels in a row of the render target
  texels: u32,         // of the picture
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> list: array<vec4u>;
@group(0) @binding(2) var<storage, read> source: array<u32>;

// Four palette indices, each in the low bits.
fn four(s: vec4u) -> vec4u {
  if (bits_per_index == 8u) {
    let at = s >> vec4u(2u);
    let v = vec4u(source[at.x], source[at.y], source[at.z], source[at.w]);
    return (v >> ((s & vec4u(3u)) * 8u)) & vec4u(0xffu);
  }
  let at = s >> vec4u(1u);
  let v = vec4u(source[at.x], source[at.y], source[at.z], source[at.w]);
  return (v >> ((s & vec4u(1u)) * 16u)) & vec4u(0xffffu);
}

@fragment
fn draw(@builtin(position) position: vec4f) -> @location(0) vec4u {
  let slot = min(texel_of(position, params.width), params.texels - 1u);
  if (bits_per_index == 8u) {
    let at = slot * 4u;
    let a = four(list[at]);
    let b = four(list[at + 1u]);
    let c = four(list[at + 2u]);
    let d = four(list[at + 3u]);
    return sixteen_bytes(a, b, c, d);
  }
  let a = four(list[slot * 2u]);
  let b = four(list[slot * 2u + 1u]);
  return vec4u(a.x, a.z, b.x, b.z) | (vec4u(a.y, a.w, b.y, b.w) * 0x10000u);
}
