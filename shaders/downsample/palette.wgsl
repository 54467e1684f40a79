// Downsamples a volume of palette indices (8 or 16 bits each); one invocation writes four voxels.

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

fn source_index(i: u32) -> u32 {
  let shape = params.out_shape;
  let row = i / shape.z;
  let x = i - row * shape.z;
  let z = row / shape.y;
  let y = row - z * shape.y;
  let t = params.table_offset;
  let sy = tables[t + shape.x + y];
  let sx = tables[t + shape.x + shape.y + x];
  let s = (tables[t + z] * params.in_shape.y + sy) * params.in_shape.z + sx;
  if (bits_per_index == 8u) {
    return (source[s >> 2u] >> ((s & 3u) * 8u)) & 0xffu;
  }
  return (source[s >> 1u] >> ((s & 1u) * 16u)) & 0xffffu;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let quad = gid.x + gid.y * groups.x * 64u;
  if (quad * 4u >= params.out_voxels) { return; }
  // The last quad may be partial: it repeats the last voxel into the padding.
  let last = params.out_voxels - 1u;
  let first = quad * 4u;
  let a = source_index(first);
  let b = source_index(min(first + 1u, last));
  let c = source_index(min(first + 2u, last));
  let d = source_index(min(first + 3u, last));
  if (bits_per_index == 8u) {
    result[quad] = a | (b << 8u) | (c << 16u) | (d << 24u);
  } else {
    result[quad * 2u] = a | (b << 16u);
    result[quad * 2u + 1u] = c | (d << 16u);
  }
}
