// Downsamples byte masks, one per channel. One invocation writes four voxels of every channel, so that
// the source positions are worked out once, not once a channel.
// Needs lib/source-walk.wgsl.

struct Params {
  in_shape: vec3u,    // z, y, x
  out_voxels: u32,
  out_shape: vec3u,
  table_offset: u32,
  channels: u32,
  in_stride: u32,     // bytes from one channel to the next, a multiple of 16
  out_stride: u32,
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

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let quad = gid.x + gid.y * groups.x * 64u;
  if (quad * 4u >= params.out_voxels) { return; }
  // The last quad may be partial: what it writes beyond the last voxel is padding.
  let p0 = walk_from(quad * 4u, params.out_shape);
  let p1 = walk_on(p0, params.out_shape);
  let p2 = walk_on(p1, params.out_shape);
  let p3 = walk_on(p2, params.out_shape);
  let s = vec4u(source_index(p0), source_index(p1), source_index(p2), source_index(p3));
  let word = s >> vec4u(2u);
  let shift = (s & vec4u(3u)) * 8u;
  let in_step = params.in_stride >> 2u;
  let out_step = params.out_stride >> 2u;
  for (var c = 0u; c < params.channels; c++) {
    let at = word + vec4u(c * in_step);
    let v = vec4u(source[at.x], source[at.y], source[at.z], source[at.w]) >> shift;
    let b = v & vec4u(0xffu);
    result[c * out_step + quad] = b.x | (b.y << 8u) | (b.z << 16u) | (b.w << 24u);
  }
}
