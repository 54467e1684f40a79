// Finds where a voxel of the scale is stored. Voxels come in slabs, of palette indices at full size or of
// words of the scale. A kernel includes this and declares `index_tables`, `voxels`, and `params` with
// `stride`, `tables`, `index_shift`, `from_words`, `shape`, `slab_first` and `slab_end`.
// Needs surface3d/occupancy-words.wgsl.

// Index of the voxel to read, as slabs count: at full size, or of the scale.
fn source_voxel(voxel: vec3u) -> u32 {
  if (params.from_words != 0u) {
    return index_in(voxel, params.shape);
  }
  return index_tables[params.tables.x + voxel.x] * params.stride.x
       + index_tables[params.tables.y + voxel.y] * params.stride.y
       + index_tables[params.tables.z + voxel.z] * params.stride.z;
}

fn is_in_slab(source: u32) -> bool {
  return source >= params.slab_first && source < params.slab_end;
}

// Palette entry of a source voxel in the slab.
fn palette_entry(source: u32) -> u32 {
  let at = source - params.slab_first;
  let bits = 32u >> params.index_shift;
  let within = at & ((1u << params.index_shift) - 1u);
  return (voxels[at >> params.index_shift] >> (within * bits)) & ((1u << bits) - 1u);
}
