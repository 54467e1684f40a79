// Samples words at full size for consecutive voxels of a scale. Writes only voxels whose source lies among
// the words in `source`.
// Needs lib/linear-id.wgsl, lib/source-index.wgsl.

struct Params {
  in_shape: vec3u,     // z, y, x
  first: u32,          // voxels [first, end) of the scale
  out_shape: vec3u,
  end: u32,
  slab_first: u32,     // `source` holds full-size voxels [slab_first, slab_end)
  slab_end: u32,       // exclusive
  table_offset: u32,   // start of the scale's source indices
  words: u32,
  in_stride: u32,      // u32s from one word plane to the next
  out_offset: u32,     // position of word 0 of voxel `out_first`
  out_first: u32,
  out_stride: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tables: array<u32>;
@group(0) @binding(2) var<storage, read> source: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = params.first + linear_id(gid, groups);
  if (i >= params.end) { return; }
  let voxel = source_index(walk_from(i, params.out_shape));
  if (voxel < params.slab_first || voxel >= params.slab_end) { return; }
  let s = voxel - params.slab_first;
  let to = params.out_offset + i - params.out_first;
  for (var w = 0u; w < params.words; w++) {
    result[to + w * params.out_stride] = source[s + w * params.in_stride];
  }
}
