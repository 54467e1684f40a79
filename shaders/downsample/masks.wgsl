// Downsamples byte masks, one per channel. One invocation writes four voxels of every channel, so that
// the source positions are worked out once, not once a channel.

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

fn source_index(i: u32) -> u32 {
  let shape = params.out_shape;
  let row = i / shape.z;
  let x = i - row * shape.z;
  let z = row / shape.y;
  let y = row - z * shape.y;
  let t = params.table_offset;
  let sy = tables[t + shape.x + y];
  let sx = tables[t + shape.x + shape.y + x];
  return (tables[t + z] * params.in_shape.y + sy) * params.in_shape.z + sx;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let quad = gid.x + gid.y * groups.x * 64u;
  if (quad * 4u >= params.out_voxels) { return; }
  let last = params.out_voxels - 1u;
  let first = quad * 4u;
  let s = vec4u(
    source_index(first),
    source_index(min(first + 1u, last)),
    source_index(min(first + 2u, last)),
    source_index(min(first + 3u, last)));
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
