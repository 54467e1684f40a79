// Covers the whole render target: a vertex stage for kernels that draw every pixel.

// Corners of one triangle, twice as wide and as high as the target.
@vertex
fn corner(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4f {
  return vec4f(f32((vertex & 1u) * 4u) - 1.0, f32((vertex >> 1u) * 4u) - 1.0, 0.0, 1.0);
}
