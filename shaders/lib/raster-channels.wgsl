// Writes eight channels of sixteen voxels per fragment, one channel per colour attachment. The kernel calls
// `eight_channels` with one byte per voxel.
// Needs lib/full-target.wgsl.

struct Channels {
  @location(0) c0: vec4u,
  @location(1) c1: vec4u,
  @location(2) c2: vec4u,
  @location(3) c3: vec4u,
  @location(4) c4: vec4u,
  @location(5) c5: vec4u,
  @location(6) c6: vec4u,
  @location(7) c7: vec4u,
}

// Index of the texel of a fragment, in attachments `width` texels wide.
fn texel_of(position: vec4f, width: u32) -> u32 {
  return u32(position.y) * width + u32(position.x);
}

// Joins the lowest bytes of a, b, c and d, whose components are consecutive voxels, into sixteen voxels in
// order.
fn sixteen_bytes(a: vec4u, b: vec4u, c: vec4u, d: vec4u) -> vec4u {
  return vec4u(a.x, b.x, c.x, d.x) | (vec4u(a.y, b.y, c.y, d.y) * 0x100u)
       | (vec4u(a.z, b.z, c.z, d.z) * 0x10000u) | (vec4u(a.w, b.w, c.w, d.w) * 0x1000000u);
}

// Byte v of component g holds eight channels of voxel 4g + v.
fn eight_channels(plane: vec4u) -> Channels {
  let one = vec4u(0x01010101u);
  return Channels(
    plane & one,
    (plane >> vec4u(1u)) & one,
    (plane >> vec4u(2u)) & one,
    (plane >> vec4u(3u)) & one,
    (plane >> vec4u(4u)) & one,
    (plane >> vec4u(5u)) & one,
    (plane >> vec4u(6u)) & one,
    (plane >> vec4u(7u)) & one);
}
