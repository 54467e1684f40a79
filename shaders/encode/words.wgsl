// Encodes palette indices into words through the region table: words[word][voxel], one bit per channel. A
// call makes some words of some consecutive voxels.

override bits_per_index: u32 = 8u;

struct Params {
  voxels: u32,
  first: u32,        // the first of the voxels, among `indices`
  words: u32,
  palette_size: u32,
  table_offset: u32, // of the first of the words in the region table
  out_offset: u32,   // u32s before the first word plane
  out_stride: u32,   // u32s from one word plane to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> region_table: array<u32>;
@group(0) @binding(2) var<storage, read> indices: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = gid.x + gid.y * groups.x * 64u;
  if (i >= params.voxels) { return; }
  let s = params.first + i;
  var p: u32;
  if (bits_per_index == 8u) {
    p = (indices[s >> 2u] >> ((s & 3u) * 8u)) & 0xffu;
  } else {
    p = (indices[s >> 1u] >> ((s & 1u) * 16u)) & 0xffffu;
  }
  for (var w = 0u; w < params.words; w++) {
    result[params.out_offset + w * params.out_stride + i] = region_table[params.table_offset + w * params.palette_size + p];
  }
}
