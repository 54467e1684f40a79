// Downsamples byte masks, one per channel. One invocation writes four voxels of every channel, so that it
// computes source positions once instead of once per channel.
// Needs lib/linear-id.wgsl, lib/source-index.wgsl.

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

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let quad = linear_id(gid, groups);
  if (quad * 4u >= params.out_voxels) { return; }
  // The last quad may be partial; anything it writes beyond the last voxel is padding.
  let s = four_source_indices(quad * 4u);
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
