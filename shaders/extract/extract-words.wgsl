// Copies the words of slices from the words of whole scales. One invocation copies neighbouring voxels along
// the horizontal axis.

struct Params {
  words: u32,
  first_extract: u32,  // of this call
}

struct Extract {
  stride: vec2u,       // voxels between neighbours, horizontal and vertical
  shape: vec2u,        // voxels, horizontal and vertical
  first: u32,          // first voxel of the slice, in the scale
  start: u32,          // start of the slice's words: [word][vertical][horizontal]
  slab_first: u32,     // copies the words of voxels [slab_first, slab_end) of the scale
  slab_end: u32,       // exclusive
  offset: u32,         // position of their words, word 0
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> extracts: array<Extract>;
@group(0) @binding(2) var<storage, read> bitmap: array<u32>;
@group(0) @binding(3) var<storage, read_write> slices: array<u32>;

const PER_INVOCATION = 8u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let extract = extracts[params.first_extract + id.z];
  let first = id.x * PER_INVOCATION;
  if (first >= extract.shape.x || id.y >= extract.shape.y) {
    return;
  }
  let word_stride = extract.slab_end - extract.slab_first;
  let slice_voxels = extract.shape.x * extract.shape.y;
  let end = min(first + PER_INVOCATION, extract.shape.x);
  for (var x = first; x < end; x++) {
    let voxel = extract.first + x * extract.stride.x + id.y * extract.stride.y;
    if (voxel < extract.slab_first || voxel >= extract.slab_end) { continue; }
    let at_scale = extract.offset + voxel - extract.slab_first;
    let at = extract.start + id.y * extract.shape.x + x;
    for (var word = 0u; word < params.words; word++) {
      slices[at + word * slice_voxels] = bitmap[at_scale + word * word_stride];
    }
  }
}
