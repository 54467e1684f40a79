// Downsamples the words of one scale: out[word][voxel] = in[word][source voxel].
// The source index tables hold one list per axis (z, y, x), so the kernel is the same for every sampling mode.

struct Params {
  in_shape: vec3u,    // z, y, x
  words: u32,
  out_shape: vec3u,
  in_stride: u32,     // u32s from one word plane to the next
  in_offset: u32,     // u32s before the first plane
  out_offset: u32,
  out_stride: u32,
  table_offset: u32,  // where this scale's tables start
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tables: array<u32>;
@group(0) @binding(2) var<storage, read> source: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * 64u;
  let shape = params.out_shape;
  if (i >= shape.x * shape.y * shape.z) { return; }
  let row = i / shape.z;
  let x = i - row * shape.z;
  let z = row / shape.y;
  let y = row - z * shape.y;
  let t = params.table_offset;
  let sz = tables[t + z];
  let sy = tables[t + shape.x + y];
  let sx = tables[t + shape.x + shape.y + x];
  let s = (sz * params.in_shape.y + sy) * params.in_shape.z + sx;
  for (var w = 0u; w < params.words; w++) {
    result[params.out_offset + w * params.out_stride + i] = source[params.in_offset + w * params.in_stride + s];
  }
}
