// Finds the source voxel of a voxel of a scale. The source index tables hold one list per axis (z, y, x), so
// that kernels are the same for every sampling mode. The kernel declares `tables: array<u32>`, and `params`
// with `in_shape`, `out_shape` and `table_offset`.
// Needs lib/source-walk.wgsl.

fn source_index(at: Walk) -> u32 {
  let y_table = params.table_offset + params.out_shape.x;
  let x_table = y_table + params.out_shape.y;
  let row = tables[params.table_offset + at.z] * params.in_shape.y + tables[y_table + at.y];
  return row * params.in_shape.z + tables[x_table + at.x];
}

// Source voxels of four consecutive voxels. Those beyond the last voxel are arbitrary voxels of the volume.
fn four_source_indices(first: u32) -> vec4u {
  let p0 = walk_from(first, params.out_shape);
  let p1 = walk_on(p0, params.out_shape);
  let p2 = walk_on(p1, params.out_shape);
  let p3 = walk_on(p2, params.out_shape);
  return vec4u(source_index(p0), source_index(p1), source_index(p2), source_index(p3));
}
