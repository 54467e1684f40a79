// Turns the words of sixteen voxels into sixteen bytes (0 or 1) per channel.
//
// Four words are four rows of four bytes. After transposing that 4x4 matrix, byte plane j holds byte j of
// voxels 0..3, and bit k of every byte is channel 8j + k: one shift and one bit mask give four voxels of a
// channel.

struct BytePlanes {
  plane0: vec4u,  // channels 0..7 of voxels 0..15: component g holds voxels 4g..4g+3
  plane1: vec4u,  // channels 8..15
  plane2: vec4u,
  plane3: vec4u,
}

// w0 holds the words of voxels 0, 4, 8, 12; w1 those of 1, 5, 9, 13; and so on.
fn byte_planes(w0: vec4u, w1: vec4u, w2: vec4u, w3: vec4u) -> BytePlanes {
  let even = vec4u(0x00ff00ffu);
  let odd = vec4u(0xff00ff00u);
  let low = vec4u(0x0000ffffu);
  let high = vec4u(0xffff0000u);
  let s8 = vec4u(8u);
  let s16 = vec4u(16u);
  let t0 = (w0 & even) | ((w1 & even) << s8);
  let t1 = ((w0 >> s8) & even) | (w1 & odd);
  let u0 = (w2 & even) | ((w3 & even) << s8);
  let u1 = ((w2 >> s8) & even) | (w3 & odd);
  return BytePlanes(
    (t0 & low) | (u0 << s16),
    (t1 & low) | (u1 << s16),
    (t0 >> s16) | (u0 & high),
    (t1 >> s16) | (u1 & high));
}
