// Pools like any.wgsl, for large cells: a workgroup makes one word of one target voxel, and each of its
// invocations looks at every 64th voxel.
// Needs pool/cell.wgsl.

override flip: u32 = 0u;   // 0: any voxel; all ones: all voxels

var<workgroup> found: atomic<u32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = params.first + group.x + group.y * groups.x;
  if (i >= params.end) { return; }
  let cell = cell_of(i);
  let size = cell.high - cell.low;
  let voxels = size.x * size.y * size.z;
  let plane = group.z * params.in_stride;
  var bits = 0u;
  for (var v = local; v < voxels; v += 64u) {
    let at = walk_from(v, size);
    let row = (cell.low.x + at.z) * params.in_shape.y + cell.low.y + at.y;
    bits |= source[plane + row * params.in_shape.z + cell.low.z + at.x - params.in_first] ^ flip;
  }
  atomicOr(&found, bits);
  workgroupBarrier();
  if (local == 0u) {
    result[params.out_offset + group.z * params.out_stride + i - params.out_first] = atomicLoad(&found) ^ flip;
  }
}
