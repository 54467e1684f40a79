// Looks up the words of slices from palette indices once, so that drawing reads one word for a voxel and its
// neighbours instead of an index table, an index and the region table for each. One invocation handles
// neighbouring voxels along the horizontal axis and reads their common data once.

struct Params {
  index_shift: u32,    // a u32 holds 1 << index_shift palette indices
  palette_size: u32,
  words: u32,
  first_extract: u32,  // of this call
  slab_first: u32,     // `indices` holds full-size voxels [slab_first, slab_end); others are skipped
  slab_end: u32,       // exclusive
}

struct Extract {
  stride: vec2u,       // voxels between neighbours at full size, horizontal and vertical
  shape: vec2u,        // voxels of the scale, horizontal and vertical
  tables: vec2u,       // start of the source indices of both axes
  slice_table: u32,    // position of the slice's source index
  slice_stride: u32,   // voxels between neighbouring slices at full size
  start: u32,          // start of the slice's words: [word][vertical][horizontal]
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> extracts: array<Extract>;
@group(0) @binding(2) var<storage, read> index_tables: array<u32>;
@group(0) @binding(3) var<storage, read> indices: array<u32>;
@group(0) @binding(4) var<storage, read> region_table: array<u32>;
@group(0) @binding(5) var<storage, read_write> slices: array<u32>;

const PER_INVOCATION = 8u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let extract = extracts[params.first_extract + id.z];
  let first = id.x * PER_INVOCATION;
  if (first >= extract.shape.x || id.y >= extract.shape.y) {
    return;
  }
  let row = index_tables[extract.slice_table] * extract.slice_stride
          + index_tables[extract.tables.y + id.y] * extract.stride.y;
  let bits = 32u >> params.index_shift;
  let within = (1u << params.index_shift) - 1u;
  let entry_bits = (1u << bits) - 1u;
  let slice_voxels = extract.shape.x * extract.shape.y;
  let end = min(first + PER_INVOCATION, extract.shape.x);
  for (var x = first; x < end; x++) {
    let voxel = row + index_tables[extract.tables.x + x] * extract.stride.x;
    if (voxel < params.slab_first || voxel >= params.slab_end) { continue; }
    let own = voxel - params.slab_first;
    let entry = (indices[own >> params.index_shift] >> ((own & within) * bits)) & entry_bits;
    var at = extract.start + id.y * extract.shape.x + x;
    for (var word = 0u; word < params.words; word++) {
      slices[at] = region_table[word * params.palette_size + entry];
      at += slice_voxels;
    }
  }
}
