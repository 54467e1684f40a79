// Pools like majority.wgsl, for large cells: a workgroup makes one word of one target voxel. Each of its
// invocations counts every 64th voxel of up to 65,535, with bit-sliced counters of 11 bits; the counts are
// then added up channel by channel.
// Needs pool/cell.wgsl.

const BITS = 11u;

var<workgroup> counts: array<atomic<u32>, 32>;

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
  var counter: array<u32, BITS>;
  for (var v = local; v < voxels; v += 64u) {
    let at = walk_from(v, size);
    let row = (cell.low.x + at.z) * params.in_shape.y + cell.low.y + at.y;
    var carry = source[plane + row * params.in_shape.z + cell.low.z + at.x - params.in_first];
    for (var k = 0u; k < BITS && carry != 0u; k++) {
      let before = counter[k];
      counter[k] = before ^ carry;
      carry &= before;
    }
  }
  for (var c = 0u; c < 32u; c++) {
    var count = 0u;
    for (var k = 0u; k < BITS; k++) {
      count |= ((counter[k] >> c) & 1u) << k;
    }
    if (count > 0u) { atomicAdd(&counts[c], count); }
  }
  workgroupBarrier();
  if (local == 0u) {
    var word = 0u;
    for (var c = 0u; c < 32u; c++) {
      word |= select(0u, 1u << c, atomicLoad(&counts[c]) * 2u > voxels);
    }
    result[params.out_offset + group.z * params.out_stride + i - params.out_first] = word;
  }
}
