// Walks over consecutive output voxels of a downsampled volume, whose source voxels are then looked up. The
// first position costs two divisions; every next one costs only additions.

struct Walk {
  z: u32,
  y: u32,
  x: u32,
}

fn walk_from(i: u32, out_shape: vec3u) -> Walk {
  let row = i / out_shape.z;
  let z = row / out_shape.y;
  return Walk(z, row - z * out_shape.y, i - row * out_shape.z);
}

fn walk_on(at: Walk, out_shape: vec3u) -> Walk {
  let x = at.x + 1u;
  let wraps_x = x == out_shape.z;
  let y = at.y + select(0u, 1u, wraps_x);
  let wraps_y = y == out_shape.y;
  // Beyond the last voxel the walk stays in the last plane; values read there are never kept.
  let z = min(at.z + select(0u, 1u, wraps_y), out_shape.x - 1u);
  return Walk(z, select(y, 0u, wraps_y), select(x, 0u, wraps_x));
}
