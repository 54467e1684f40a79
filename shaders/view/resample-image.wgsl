// Resamples an image onto another grid, trilinear, one run of voxels a call. Axes are 0, 1, 2 of the arrays.
// A position more than half a voxel beyond the outermost voxel centres has no image.
// Needs lib/half.wgsl.

struct Params {
  // Row a gives the source position along axis a, in voxels, for a target voxel (0, 1, 2 axis, 1).
  to_source_0: vec4f,
  to_source_1: vec4f,
  to_source_2: vec4f,
  shape: vec3u,
  source_shape: vec3u,
  first_word: u32,
  words: u32, // in this run
}

// Positions on the very border count as inside.
const SLACK = 1e-3;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> image: array<u32>;

fn resampled(index: u32) -> u32 {
  let plane = params.shape.y * params.shape.z;
  let row = index % plane;
  let voxel = vec4f(vec3f(vec3u(index / plane, row / params.shape.z, row % params.shape.z)), 1.0);
  if (index >= params.shape.x * plane) {
    return NO_IMAGE;
  }
  let at = vec3f(
    dot(params.to_source_0, voxel),
    dot(params.to_source_1, voxel),
    dot(params.to_source_2, voxel),
  );
  let last = vec3f(params.source_shape - 1u);
  if (!all(at >= vec3f(-0.5 - SLACK)) || !all(at <= last + 0.5 + SLACK)) {
    return NO_IMAGE;
  }
  let inside = clamp(at, vec3f(0.0), last);
  let low = vec3u(inside);
  let high = min(low + 1u, params.source_shape - 1u);
  let weight = inside - vec3f(low);

  // Source voxels without a value are left out; without half of the weight there is no value.
  var sum = 0.0;
  var total = 0.0;
  for (var corner = 0u; corner < 8u; corner++) {
    let upper = vec3<bool>((corner & 4u) != 0u, (corner & 2u) != 0u, (corner & 1u) != 0u);
    let tap = select(low, high, upper);
    let share = select(1.0 - weight, weight, upper);
    let position = (tap.x * params.source_shape.y + tap.y) * params.source_shape.z + tap.z;
    let half = half_of(source[position >> 1u], position);
    if (half != NO_IMAGE) {
      let w = share.x * share.y * share.z;
      sum += w * half_to_f32(half);
      total += w;
    }
  }
  if (total < 0.5) {
    return NO_IMAGE;
  }
  return half_from_f32(sum / total);
}

@compute @workgroup_size(64)
fn resample_image(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.words) {
    return;
  }
  let word = params.first_word + id.x;
  image[word] = resampled(2u * word) | (resampled(2u * word + 1u) << 16u);
}
