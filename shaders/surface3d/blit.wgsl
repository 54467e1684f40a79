// Stretches the marched picture over the viewport.

struct Params {
  drawn: vec2f, // part of the picture that is up to date, in texels from the top left
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var picture: texture_2d<f32>;
@group(0) @binding(2) var linear: sampler;

struct Corner {
  @builtin(position) position: vec4f,
  @location(0) at: vec2f, // 0..1 over the viewport
}

@vertex
fn corner(@builtin(vertex_index) vertex: u32) -> Corner {
  let at = vec2f(f32((vertex & 1u) * 2u), f32((vertex >> 1u) * 2u));
  return Corner(vec4f(at * vec2f(2.0, -2.0) + vec2f(-1.0, 1.0), 0.0, 1.0), at);
}

@fragment
fn pixel(corner: Corner) -> @location(0) vec4f {
  // Never sample beyond the centre of the last texel, because the texels next to it are outdated.
  let texel = clamp(corner.at * params.drawn, vec2f(0.5), params.drawn - 0.5);
  return textureSampleLevel(picture, linear, texel / vec2f(textureDimensions(picture)), 0.0);
}
