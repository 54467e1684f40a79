// Unpacks slices of the image into f32 once, instead of in every pixel. One invocation unpacks neighbours
// along the horizontal axis.
// Needs lib/half.wgsl.

struct Params {
  first_extract: u32,  // of this call
  slab_first: u32,     // `image` holds voxels [slab_first, slab_end); others are skipped
  slab_end: u32,       // exclusive
}

struct Extract {
  shape: vec2u,        // voxels, horizontal and vertical
  stride: vec2u,       // voxels between neighbours
  first: u32,          // first voxel of the slice
  start: u32,          // start of its values: [vertical][horizontal]
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> extracts: array<Extract>;
@group(0) @binding(2) var<storage, read> image: array<u32>;
@group(0) @binding(3) var<storage, read_write> slices: array<f32>;

// Marks voxels without an image; below every value of a half.
const NOTHING = -1e30;

const PER_INVOCATION = 8u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let extract = extracts[params.first_extract + id.z];
  let first = id.x * PER_INVOCATION;
  if (first >= extract.shape.x || id.y >= extract.shape.y) {
    return;
  }
  let end = min(first + PER_INVOCATION, extract.shape.x);
  var index = extract.first + first * extract.stride.x + id.y * extract.stride.y;
  var at = extract.start + id.y * extract.shape.x + first;
  for (var x = first; x < end; x++) {
    if (index >= params.slab_first && index < params.slab_end) {
      let own = index - params.slab_first;
      let half = half_of(image[own >> 1u], own);
      slices[at] = select(half_to_f32(half), NOTHING, half == NO_IMAGE);
    }
    index += extract.stride.x;
    at++;
  }
}
