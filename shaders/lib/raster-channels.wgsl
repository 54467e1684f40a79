// Eight channels of sixteen voxels a fragment, one channel a colour attachment: targets written by the part
// of the device that writes pictures. A kernel includes this and calls `eight_channels` with one byte a
// voxel.

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

// One triangle over the whole picture.
@vertex
fn corner(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4f {
  return vec4f(f32((vertex & 1u) * 4u) - 1.0, f32((vertex >> 1u) * 4u) - 1.0, 0.0, 1.0);
}

// Byte v of component g: eight channels of voxel 4g + v.
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
