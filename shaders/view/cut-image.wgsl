// One slice of the image as f32, unpacked once instead of by every pixel. One invocation a voxel. Needs lib/half.wgsl.

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

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= params.shape)) {
    return;
  }
  let index = params.start + id.x * params.stride.x + id.y * params.stride.y;
  let half = half_of(image[index >> 1u], index);
  slice[id.y * params.shape.x + id.x] = select(half_to_f32(half), NOTHING, half == NO_IMAGE);
}
