// Pools words by OR: a channel is present where any voxel of the cell has it. With `flip` set it pools by AND: what
// is absent anywhere is absent. One invocation makes one word of one target voxel, all 32 channels at once.
// Needs lib/source-walk.wgsl, pool/cell.wgsl.

override flip: u32 = 0u;   // 0: any voxel; all ones: all voxels

struct Params {
  in_shape: vec3u,    // z, y, x
  in_stride: u32,     // u32s from one word plane to the next
  out_shape: vec3u,
  out_stride: u32,
  out_offset: u32,    // u32s before the first plane of this scale
  cell_offset: u32,   // where this scale's cells start
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> cells: array<u32>;
@group(0) @binding(2) var<storage, read> source: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * 64u;
  let shape = params.out_shape;
  if (i >= shape.x * shape.y * shape.z) { return; }
  let cell = cell_of(walk_from(i, shape), shape, params.cell_offset);
  let plane = gid.z * params.in_stride;
  var found = 0u;
  for (var z = cell.low.x; z < cell.high.x; z++) {
    for (var y = cell.low.y; y < cell.high.y; y++) {
      let row = plane + (z * params.in_shape.y + y) * params.in_shape.z;
      for (var x = cell.low.z; x < cell.high.z; x++) {
        found |= source[row + x] ^ flip;
      }
    }
  }
  result[params.out_offset + gid.z * params.out_stride + i] = found ^ flip;
}
