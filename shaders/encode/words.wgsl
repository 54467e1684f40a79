// Encodes palette indices into words through the region table: words[word][voxel], one bit per channel. A
// call makes some of the words of consecutive voxels.
// Needs lib/linear-id.wgsl, lib/palette-index.wgsl.

struct Params {
  voxels: u32,
  first: u32,        // first of the voxels in `indices`
  words: u32,
  palette_size: u32,
  table_offset: u32, // position of the first of the words in the region table
  out_offset: u32,   // offset of the first word plane, in u32s
  out_stride: u32,   // u32s from one word plane to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> region_table: array<u32>;
@group(0) @binding(2) var<storage, read> indices: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = linear_id(gid, groups);
  if (i >= params.voxels) { return; }
  let p = palette_index(params.first + i);
  for (var w = 0u; w < params.words; w++) {
    result[params.out_offset + w * params.out_stride + i] = region_table[params.table_offset + w * params.palette_size + p];
  }
}
