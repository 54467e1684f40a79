// Transposes bits: turns 32 words of 32 channels into 32 channels of 32 voxels, and vice versa. byte_planes
// (see decode-bytes.wgsl) transposes the bytes, this file the bits of each byte.

// Eight rows of four bytes each: 0, 2, 4 and 6, then 1, 3, 5 and 7.
struct EightRows {
  even: vec4u,
  odd: vec4u,
}

// Transposes four 8x8 bit matrices at once, one per byte. Component i of lo is row i of all four, component i
// of hi row 4 + i.
fn transpose_bits(lo: vec4u, hi: vec4u) -> EightRows {
  let m4 = ((lo >> vec4u(4u)) ^ hi) & vec4u(0x0f0f0f0fu);
  let a = lo ^ (m4 << vec4u(4u));
  let b = hi ^ m4;
  let c = vec4u(a.xy, b.xy);
  let d = vec4u(a.zw, b.zw);
  let m2 = ((c >> vec4u(2u)) ^ d) & vec4u(0x33333333u);
  let e = c ^ (m2 << vec4u(2u));
  let f = d ^ m2;
  let g = vec4u(e.x, f.x, e.z, f.z);
  let h = vec4u(e.y, f.y, e.w, f.w);
  let m1 = ((g >> vec4u(1u)) ^ h) & vec4u(0x55555555u);
  return EightRows(g ^ (m1 << vec4u(1u)), h ^ m1);
}
