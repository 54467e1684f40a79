// Pools words by OR: a channel is present where any voxel of the cell has it. With `flip` set it pools by
// AND: what is absent anywhere is absent. One invocation makes one word of one target voxel, all 32 channels
// at once; any-large.wgsl does the same for large cells.
// Needs lib/source-walk.wgsl, pool/cell.wgsl.

override flip: u32 = 0u;   // 0: any voxel; all ones: all voxels

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
@group(0) @binding(1) var<storage, read> cells: array<u32>;
@group(0) @binding(2) var<storage, read> source: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = params.first + gid.x + gid.y * groups.x * 64u;
  let shape = params.out_shape;
  if (i >= params.end) { return; }
  let cell = cell_of(walk_from(i, shape), shape, params.cell_offset);
  let plane = gid.z * params.in_stride;
  var found = 0u;
  for (var z = cell.low.x; z < cell.high.x; z++) {
    for (var y = cell.low.y; y < cell.high.y; y++) {
      let row = plane + (z * params.in_shape.y + y) * params.in_shape.z - params.in_first;
      for (var x = cell.low.z; x < cell.high.z; x++) {
        found |= source[row + x] ^ flip;
      }
    }
  }
  result[params.out_offset + gid.z * params.out_stride + i - params.out_first] = found ^ flip;
}
