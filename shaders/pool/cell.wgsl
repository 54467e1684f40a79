// The source voxels that a target voxel stands for. Needs `cells`, where a scale has the first voxels of its
// cells per axis (z, y, x), then one past their last voxels.

struct Cell {
  low: vec3u,    // z, y, x
  high: vec3u,   // one past the last
}

fn cell_of(at: Walk, out_shape: vec3u, offset: u32) -> Cell {
  let y = offset + out_shape.x;
  let x = y + out_shape.y;
  let low = vec3u(cells[offset + at.z], cells[y + at.y], cells[x + at.x]);
  let ends = out_shape.x + out_shape.y + out_shape.z;
  return Cell(low, vec3u(cells[ends + offset + at.z], cells[ends + y + at.y], cells[ends + x + at.x]));
}
