// Samples palette indices for consecutive voxels of a scale and looks their words up in the region table.
// Writes only voxels whose source lies in the current slab.
// Needs lib/linear-id.wgsl, lib/source-index.wgsl, lib/palette-index.wgsl.

struct Params {
  in_shape: vec3u,     // z, y, x
  first: u32,          // voxels [first, end) of the scale
  out_shape: vec3u,
  end: u32,
  slab_first: u32,     // `indices` holds full-size voxels [slab_first, slab_end)
  slab_end: u32,       // exclusive
  table_offset: u32,   // start of the scale's source indices
  words: u32,
  palette_size: u32,
  out_offset: u32,     // position of word 0 of voxel `out_first`
  out_first: u32,
  out_stride: u32,     // u32s from one word plane to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tables: array<u32>;
@group(0) @binding(2) var<storage, read> region_table: array<u32>;
@group(0) @binding(3) var<storage, read> indices: array<u32>;
@group(0) @binding(4) var<storage, read_write> result: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = params.first + linear_id(gid, groups);
  if (i >= params.end) { return; }
  let voxel = source_index(walk_from(i, params.out_shape));
  if (voxel < params.slab_first || voxel >= params.slab_end) { return; }
  let p = palette_index(voxel - params.slab_first);
  let to = params.out_offset + i - params.out_first;
  for (var w = 0u; w < params.words; w++) {
    result[to + w * params.out_stride] = region_table[w * params.palette_size + p];
  }
}
