// Downsamples a volume of palette indices (8 or 16 bits each); one invocation writes four voxels.
// Needs lib/linear-id.wgsl, lib/source-index.wgsl, lib/palette-index.wgsl.

struct Params {
  in_shape: vec3u,   // z, y, x
  out_voxels: u32,
  out_shape: vec3u,
  table_offset: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tables: array<u32>;
@group(0) @binding(2) var<storage, read> indices: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let quad = linear_id(gid, groups);
  if (quad * 4u >= params.out_voxels) { return; }
  // The last quad may be partial; anything it writes beyond the last voxel is padding.
  let s = four_source_indices(quad * 4u);
  let v = vec4u(palette_index(s.x), palette_index(s.y), palette_index(s.z), palette_index(s.w));
  if (bits_per_index == 8u) {
    result[quad] = v.x | (v.y << 8u) | (v.z << 16u) | (v.w << 24u);
  } else {
    result[quad * 2u] = v.x | (v.y << 16u);
    result[quad * 2u + 1u] = v.z | (v.w << 16u);
  }
}
