// Makes one bit for each voxel of a scale: 1 if any shown region contains it. One invocation makes a u32.
// With voxels in several slabs there is a call per slab, and all but the first add to the result.
// Needs surface3d/occupancy-words.wgsl, surface3d/voxel-source.wgsl, lib/linear-id.wgsl.

struct Params {
  stride: vec3u,       // voxels between neighbours along axes 0, 1, 2 at full size
  index_shift: u32,    // a u32 holds 1 << index_shift palette indices
  tables: vec3u,       // start of the source indices of each axis
  from_words: u32,     // nonzero if `voxels` holds words of the scale instead of palette indices
  shape: vec3u,        // of the scale
  first_word: u32,     // first word of the slab
  slab_first: u32,     // `voxels` holds voxels [slab_first, slab_end)
  slab_end: u32,       // exclusive
  words: u32,          // words per voxel
  is_first: u32,       // nonzero for the first slab
  grid: vec3u,         // u32s along axes 0, 1, 2
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> index_tables: array<u32>;
@group(0) @binding(2) var<storage, read> voxels: array<u32>;
// Palette indices: colour of each entry, 0 if nothing is shown. Words: bits of the shown channels, word by
// word, then more.
@group(0) @binding(3) var<storage, read> layers: array<u32>;
@group(0) @binding(4) var<storage, read_write> occupancy: array<u32>;

fn is_shown(voxel: vec3u) -> bool {
  let source = source_voxel(voxel);
  if (!is_in_slab(source)) {
    return false;
  }
  if (params.from_words == 0u) {
    return layers[palette_entry(source)] != 0u;
  }
  var at = params.first_word + source - params.slab_first;
  var shown = 0u;
  for (var word = 0u; word < params.words; word++) {
    shown |= voxels[at] & layers[word];
    at += params.slab_end - params.slab_first;
  }
  return shown != 0u;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = linear_id(id, groups);
  if (index >= params.grid.x * params.grid.y * params.grid.z) {
    return;
  }
  let first = position_in(index, params.grid) * WORD_SPAN;
  let end = min(first + WORD_SPAN, params.shape);
  var bits = 0u;
  if (params.is_first == 0u) {
    bits = occupancy[index];
  }
  for (var z = first.x; z < end.x; z++) {
    for (var y = first.y; y < end.y; y++) {
      for (var x = first.z; x < end.z; x++) {
        let voxel = vec3u(z, y, x);
        bits |= select(0u, 1u << bit_of(voxel), is_shown(voxel));
      }
    }
  }
  occupancy[index] = bits;
}
