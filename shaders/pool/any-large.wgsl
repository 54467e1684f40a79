// As any.wgsl, for large cells: a workgroup makes one word of one target voxel, each of its invocations looks
// at every 64th voxel.
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

var<workgroup> found: atomic<u32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = params.first + group.x + group.y * groups.x;
  if (i >= params.end) { return; }
  let cell = cell_of(walk_from(i, params.out_shape), params.out_shape, params.cell_offset);
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
