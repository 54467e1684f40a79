// Resamples an image onto another grid, trilinearly, one chunk of voxels per call. Axes are 0, 1, 2 of the
// arrays. Positions more than half a voxel beyond the outermost voxel centres have no image. If the input
// lies in several slabs, one call per slab runs in order; each adds to the sums, and the last writes the
// result.
// Needs lib/half.wgsl.

struct Params {
  // Row a gives the input position along axis a, in voxels, for an output voxel (0, 1, 2 axis, 1).
  to_input_0: vec4f,
  to_input_1: vec4f,
  to_input_2: vec4f,
  shape: vec3u,
  input_shape: vec3u,
  first_voxel: u32, // first voxel of this chunk
  first_word: u32, // first word of this chunk in `image`
  words: u32, // words in this chunk
  slab_first: u32, // `input` holds voxels [slab_first, slab_end)
  slab_end: u32, // exclusive
  is_first: u32,
  is_last: u32,
}

// Tolerance that counts positions right on the border as inside.
const SLACK = 1e-3;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> input: array<u32>;
// Per word: two voxels, each (sum of values times weights, sum of weights).
@group(0) @binding(2) var<storage, read_write> sums: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> image: array<u32>;

// Adds the neighbours in this slab to a voxel's sums so far: (values times weights, weights).
fn with_neighbours(before: vec2f, index: u32) -> vec2f {
  let stride = params.shape.y * params.shape.z;
  let row = index % stride;
  let voxel = vec4f(vec3f(vec3u(index / stride, row / params.shape.z, row % params.shape.z)), 1.0);
  if (index >= params.shape.x * stride) {
    return before;
  }
  let at = vec3f(
    dot(params.to_input_0, voxel),
    dot(params.to_input_1, voxel),
    dot(params.to_input_2, voxel),
  );
  let last = vec3f(params.input_shape - 1u);
  if (!all(at >= vec3f(-0.5 - SLACK)) || !all(at <= last + 0.5 + SLACK)) {
    return before;
  }
  let inside = clamp(at, vec3f(0.0), last);
  let low = vec3u(inside);
  let high = min(low + 1u, params.input_shape - 1u);
  let weight = inside - vec3f(low);

  // Skip input voxels without a value.
  var sum = before.x;
  var total = before.y;
  for (var corner = 0u; corner < 8u; corner++) {
    let upper = vec3<bool>((corner & 4u) != 0u, (corner & 2u) != 0u, (corner & 1u) != 0u);
    let tap = select(low, high, upper);
    let share = select(1.0 - weight, weight, upper);
    let position = (tap.x * params.input_shape.y + tap.y) * params.input_shape.z + tap.z;
    if (position >= params.slab_first && position < params.slab_end) {
      let own = position - params.slab_first;
      let half = half_of(input[own >> 1u], own);
      if (half != NO_IMAGE) {
        let w = share.x * share.y * share.z;
        sum += w * half_to_f32(half);
        total += w;
      }
    }
  }
  return vec2f(sum, total);
}

// With less than half of the weight there is no value.
fn half_of_sums(sums: vec2f) -> u32 {
  if (sums.y < 0.5) {
    return NO_IMAGE;
  }
  return half_from_f32(sums.x / sums.y);
}

@compute @workgroup_size(64)
fn resample_image(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.words) {
    return;
  }
  var both = vec4f(0.0);
  if (params.is_first == 0u) {
    both = sums[id.x];
  }
  let index = params.first_voxel + 2u * id.x;
  both = vec4f(with_neighbours(both.xy, index), with_neighbours(both.zw, index + 1u));
  if (params.is_last == 0u) {
    sums[id.x] = both;
    return;
  }
  image[params.first_word + id.x] = half_of_sums(both.xy) | (half_of_sums(both.zw) << 16u);
}
