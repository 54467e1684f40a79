// Encodes palette indices into words through the region table: words[word][voxel], one bit per channel.

override bits_per_index: u32 = 8u;

struct Params {
  voxels: u32,
  words: u32,
  palette_size: u32,
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
  var p: u32;
  if (bits_per_index == 8u) {
    p = (indices[i >> 2u] >> ((i & 3u) * 8u)) & 0xffu;
  } else {
    p = (indices[i >> 1u] >> ((i & 1u) * 16u)) & 0xffffu;
  }
  for (var w = 0u; w < params.words; w++) {
    result[params.out_offset + w * params.out_stride + i] = region_table[w * params.palette_size + p];
  }
}
