// Finds the distance in bricks to the next occupied brick, by the largest of the three axes. Runs once for
// each axis, along it.
// Needs surface3d/occupancy-words.wgsl, lib/linear-id.wgsl.

override axis: u32 = 0u;

struct Params {
  grid: vec3u,
  bricks: vec3u,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> before: array<u32>;
@group(0) @binding(2) var<storage, read_write> after: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = linear_id(id, groups);
  if (index >= params.bricks.x * params.bricks.y * params.bricks.z) {
    return;
  }
  let here = position_in(index, params.bricks)[axis];
  let strides = vec3u(params.bricks.y * params.bricks.z, params.bricks.z, 1u);
  let stride = strides[axis];
  let length = params.bricks[axis];
  var distance = before[index];
  for (var step = 1u; step < distance; step++) {
    if (here >= step) {
      distance = min(distance, max(step, before[index - step * stride]));
    }
    if (here + step < length) {
      distance = min(distance, max(step, before[index + step * stride]));
    }
  }
  after[index] = distance;
}
