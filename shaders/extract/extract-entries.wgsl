// Unpacks the palette entries of full-size slices into one u32 each. One invocation unpacks neighbours along
// the horizontal axis.

struct Params {
  index_shift: u32,    // a u32 holds 1 << index_shift palette indices
  first_extract: u32,  // of this call
  slab_first: u32,     // `indices` holds voxels [slab_first, slab_end); others are skipped
  slab_end: u32,       // exclusive
}

struct Extract {
  shape: vec2u,        // voxels, horizontal and vertical
  stride: vec2u,       // voxels between neighbours
  first: u32,          // first voxel of the slice
  start: u32,          // start of its entries: [vertical][horizontal]
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> extracts: array<Extract>;
@group(0) @binding(2) var<storage, read> indices: array<u32>;
@group(0) @binding(3) var<storage, read_write> slices: array<u32>;

const PER_INVOCATION = 8u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let extract = extracts[params.first_extract + id.z];
  let first = id.x * PER_INVOCATION;
  if (first >= extract.shape.x || id.y >= extract.shape.y) {
    return;
  }
  let bits = 32u >> params.index_shift;
  let within = (1u << params.index_shift) - 1u;
  let end = min(first + PER_INVOCATION, extract.shape.x);
  for (var x = first; x < end; x++) {
    let voxel = extract.first + x * extract.stride.x + id.y * extract.stride.y;
    if (voxel < params.slab_first || voxel >= params.slab_end) { continue; }
    let own = voxel - params.slab_first;
    let entry = (indices[own >> params.index_shift] >> ((own & within) * bits)) & ((1u << bits) - 1u);
    slices[extract.start + id.y * extract.shape.x + x] = entry;
  }
}
