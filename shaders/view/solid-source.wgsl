// The palette entry of a voxel of the scale. A kernel includes this and declares `index_tables`, `voxels`, and `params` with `stride`,
// `tables` and `index_shift`.

fn palette_entry(voxel: vec3u) -> u32 {
  let at = index_tables[params.tables.x + voxel.x] * params.stride.x
         + index_tables[params.tables.y + voxel.y] * params.stride.y
         + index_tables[params.tables.z + voxel.z] * params.stride.z;
  let bits = 32u >> params.index_shift;
  let within = at & ((1u << params.index_shift) - 1u);
  return (voxels[at >> params.index_shift] >> (within * bits)) & ((1u << bits) - 1u);
}
