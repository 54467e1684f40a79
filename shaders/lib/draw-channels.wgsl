// Eight channels of sixteen voxels a fragment, one channel a colour attachment: targets written by the part of the device
// that writes pictures. A kernel includes this and calls `eight_channels` with one byte of each of its sixteen words.

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

// w0: the words of voxels 0, 4, 8, 12; w1: of 1, 5, 9, 13; and so on. `shift` picks a byte of every word, whose bits are
// eight channels.
fn eight_channels(w0: vec4u, w1: vec4u, w2: vec4u, w3: vec4u, shift: u32) -> Channels {
  let byte = vec4u(0xffu);
  let s = vec4u(shift);
  // Byte v of component g: eight channels of voxel 4g + v.
  let plane = ((w0 >> s) & byte) | (((w1 >> s) & byte) * 0x100u) | (((w2 >> s) & byte) * 0x10000u) | ((w3 >> s) * 0x1000000u);
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
