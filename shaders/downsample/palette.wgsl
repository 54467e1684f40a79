// Downsamples a volume of palette indices (8 or 16 bits each); one invocation writes four voxels.
// Needs lib/source-walk.wgsl.

override bits_per_index: u32 = 8u;

struct Params {
  in_shape: vec3u,   // z, y, x
  out_voxels: u32,
  out_shape: vec3u,
  table_offset: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tables: array<u32>;
@group(0) @binding(2) var<storage, read> source: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;

fn source_index(at: Walk) -> u32 {
  let y_table = params.table_offset + params.out_shape.x;
  let x_table = y_table + params.out_shape.y;
  let row = tables[params.table_offset + at.z] * params.in_shape.y + tables[y_table + at.y];
  return row * params.in_shape.z + tables[x_table + at.x];
}

fn palette_index(at: Walk) -> u32 {
  let s = source_index(at);
  if (bits_per_index == 8u) {
    return (source[s >> 2u] >> ((s & 3u) * 8u)) & 0xffu;
  }
  return (source[s >> 1u] >> ((s & 1u) * 16u)) & 0xffffu;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let quad = gid.x + gid.y * groups.x * 64u;
  if (quad * 4u >= params.out_voxels) { return; }
  // The last quad may be partial: what it writes beyond the last voxel is padding.
  let p0 = walk_from(quad * 4u, params.out_shape);
  let p1 = walk_on(p0, params.out_shape);
  let p2 = walk_on(p1, params.out_shape);
  let p3 = walk_on(p2, params.out_shape);
  let v = vec4u(palette_index(p0), palette_index(p1), palette_index(p2), palette_index(p3));
  if (bits_per_index == 8u) {
    result[quad] = v.x | (v.y << 8u) | (v.z << 16u) | (v.w << 24u);
  } else {
    result[quad * 2u] = v.x | (v.y << 16u);
    result[quad * 2u + 1u] = v.z | (v.w << 16u);
  }
}
