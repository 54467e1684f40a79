// Marks each brick with 0 if any of its voxels is occupied and otherwise with the maximum distance, which
// brick-distance.wgsl reduces.
// Needs surface3d/occupancy-words.wgsl, lib/linear-id.wgsl.

struct Params {
  grid: vec3u,         // u32s of the occupancy along axes 0, 1, 2
  bricks: vec3u,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> occupancy: array<u32>;
@group(0) @binding(2) var<storage, read_write> distances: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = linear_id(id, groups);
  if (index >= params.bricks.x * params.bricks.y * params.bricks.z) {
    return;
  }
  let first = position_in(index, params.bricks) * BRICK_WORDS;
  let end = min(first + BRICK_WORDS, params.grid);
  var any_bits = 0u;
  for (var z = first.x; z < end.x; z++) {
    for (var y = first.y; y < end.y; y++) {
      for (var x = first.z; x < end.z; x++) {
        any_bits |= occupancy[index_in(vec3u(z, y, x), params.grid)];
      }
    }
  }
  distances[index] = select(MAX_DISTANCE, 0u, any_bits != 0u);
}
