// Makes a histogram of palette indices at one scale, read through the source index tables. The voxels of
// every region are sums over the palette entries that belong to it.
// Needs lib/linear-id.wgsl, lib/source-index.wgsl, lib/palette-index.wgsl.

struct Params {
  in_shape: vec3u,    // z, y, x
  end: u32,           // the voxels [first, end) of the scale are counted
  out_shape: vec3u,
  table_offset: u32,
  first: u32,
  first_slot: u32,    // position of palette entry 0 in `counts`
  slab_first: u32,    // `indices` holds full-size voxels [slab_first, slab_end); others are skipped
  slab_end: u32,      // exclusive
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tables: array<u32>;
@group(0) @binding(2) var<storage, read> indices: array<u32>;
@group(0) @binding(3) var<storage, read_write> counts: array<atomic<u32>>;

const PER_INVOCATION = 16u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let start = params.first + linear_id(gid, groups) * PER_INVOCATION;
  // Neighbouring voxels mostly share their label: adding up equal ones first makes fewer atomics collide.
  var last_index = 0u;
  var equal = 0u;
  for (var r = 0u; r < PER_INVOCATION; r++) {
    let i = start + r;
    if (i >= params.end) { break; }
    let voxel = source_index(walk_from(i, params.out_shape));
    if (voxel < params.slab_first || voxel >= params.slab_end) { continue; }
    let p = palette_index(voxel - params.slab_first);
    if (p != last_index && equal > 0u) {
      atomicAdd(&counts[params.first_slot + last_index], equal);
      equal = 0u;
    }
    last_index = p;
    equal++;
  }
  if (equal > 0u) { atomicAdd(&counts[params.first_slot + last_index], equal); }
}
