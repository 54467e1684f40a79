// Downsamples the words of one scale: out[word][voxel] = in[word][source voxel]. One invocation writes four
// voxels.
// Needs lib/linear-id.wgsl, lib/source-index.wgsl.

struct Params {
  in_shape: vec3u,    // z, y, x
  words: u32,
  out_shape: vec3u,
  in_stride: u32,     // u32s from one word plane to the next
  in_offset: u32,     // offset of the first word plane, in u32s
  out_offset: u32,
  out_stride: u32,
  table_offset: u32,  // start of this scale's tables
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tables: array<u32>;
@group(0) @binding(2) var<storage, read> source: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let first = linear_id(gid, groups) * 4u;
  let shape = params.out_shape;
  let voxels = shape.x * shape.y * shape.z;
  if (first >= voxels) { return; }
  let s = four_source_indices(first);
  let whole = first + 4u <= voxels;
  for (var w = 0u; w < params.words; w++) {
    let plane = params.in_offset + w * params.in_stride;
    let at = params.out_offset + w * params.out_stride + first;
    let v = vec4u(source[plane + s.x], source[plane + s.y], source[plane + s.z], source[plane + s.w]);
    if (whole) {
      result[at] = v.x;
      result[at + 1u] = v.y;
      result[at + 2u] = v.z;
      result[at + 3u] = v.w;
    } else {
      for (var k = 0u; first + k < voxels; k++) { result[at + k] = v[k]; }
    }
  }
}
