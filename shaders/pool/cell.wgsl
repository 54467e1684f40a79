// Declares the parameters and buffers of the pooling kernels, and finds the source voxels of a target voxel.
// Needs lib/source-walk.wgsl.

struct Params {
  in_shape: vec3u,    // z, y, x
  in_first: u32,      // voxel at full size that `source` begins with
  out_shape: vec3u,
  in_stride: u32,     // u32s from one word plane to the next
  first: u32,         // voxels of the scale from `first` to before `end`
  end: u32,
  out_offset: u32,    // of word 0 of voxel `out_first`
  out_first: u32,
  out_stride: u32,
  cell_offset: u32,   // where this scale's cells start
}

@group(0) @binding(0) var<uniform> params: Params;
// First voxels of the cells of a scale per axis (z, y, x), then one past their last voxels.
@group(0) @binding(1) var<storage, read> cells: array<u32>;
@group(0) @binding(2) var<storage, read> source: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

struct Cell {
  low: vec3u,    // z, y, x
  high: vec3u,   // one past the last
}

// Cell of voxel i of the scale.
fn cell_of(i: u32) -> Cell {
  let shape = params.out_shape;
  let at = walk_from(i, shape);
  let y = params.cell_offset + shape.x;
  let x = y + shape.y;
  let low = vec3u(cells[params.cell_offset + at.z], cells[y + at.y], cells[x + at.x]);
  let ends = shape.x + shape.y + shape.z;
  let high = vec3u(cells[ends + params.cell_offset + at.z], cells[ends + y + at.y], cells[ends + x + at.x]);
  return Cell(low, high);
}
