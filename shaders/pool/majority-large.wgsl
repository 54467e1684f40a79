// As majority.wgsl, for large cells: a workgroup makes one word of one target voxel. Each of its invocations
// counts every 64th voxel of up to 65,535, with bit-sliced counters of 11 bits; the counts of all are added
// up channel by channel.
// Needs lib/source-walk.wgsl, pool/cell.wgsl.

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
  let cell = cell_of(walk_from(i, params.out_shape), params.out_shape, params.cell_offset);
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
