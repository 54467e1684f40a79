// One slice of the image as f32, unpacked once instead of by every pixel. One invocation unpacks a run along the
// horizontal axis. Needs lib/half.wgsl.

struct Params {
  shape: vec2u,        // voxels, horizontal and vertical
  stride: vec2u,       // voxels between neighbours
  start: u32,          // first voxel of the slice
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> image: array<u32>;
@group(0) @binding(2) var<storage, read_write> slice: array<f32>; // [vertical][horizontal]

// Below every value that a half holds: there is no image here.
const NOTHING = -1e30;

const RUN = 8u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let first = id.x * RUN;
  if (first >= params.shape.x || id.y >= params.shape.y) {
    return;
  }
  let end = min(first + RUN, params.shape.x);
  var index = params.start + first * params.stride.x + id.y * params.stride.y;
  for (var x = first; x < end; x++) {
    let half = half_of(image[index >> 1u], index);
    slice[id.y * params.shape.x + x] = select(half_to_f32(half), NOTHING, half == NO_IMAGE);
    index += params.stride.x;
  }
}
