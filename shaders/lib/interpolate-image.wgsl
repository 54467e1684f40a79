// Interpolates the image between the centres of voxels. The kernel declares `image: array<f32>`.

// Voxels without an image hold less than this.
const NO_IMAGE = -1e29;

override with_interpolation: bool = false;

// Bilinear value at a position of a slice, laid out [vertical][horizontal] from `start` on, from those of the
// four nearest voxels that have an image. A voxel without one keeps its own value, so the image ends where it
// ends without interpolation.
fn interpolated(own: f32, start: u32, shape: vec2f, position: vec2f) -> f32 {
  let last = shape - 1.0;
  let at = clamp(position - 0.5, vec2f(0.0), last);
  let low = vec2u(at);
  let high = min(low + 1u, vec2u(last));
  let part = at - vec2f(low);
  let above = start + low.y * u32(shape.x);
  let below = start + high.y * u32(shape.x);
  let values = vec4f(image[above + low.x], image[above + high.x], image[below + low.x], image[below + high.x]);
  let shares = vec4f(1.0 - part.x, part.x, 1.0 - part.x, part.x) * vec4f(1.0 - part.yy, part.yy);
  let weights = select(shares, vec4f(0.0), values < vec4f(NO_IMAGE));
  return select(dot(values, weights) / dot(weights, vec4f(1.0)), own, own < NO_IMAGE);
}
