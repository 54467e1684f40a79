// Pools words by OR: a channel is present if any voxel of the cell has it. With `flip` set it pools by AND: a
// channel is absent if any voxel lacks it. One invocation makes one word of one target voxel, all 32 channels
// at once; any-large.wgsl does the same for large cells.
// Needs pool/cell.wgsl, lib/linear-id.wgsl.

override flip: u32 = 0u;   // 0: any voxel; all ones: all voxels

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = params.first + linear_id(gid, groups);
  if (i >= params.end) { return; }
  let cell = cell_of(i);
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
