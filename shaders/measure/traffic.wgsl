// Reads and writes a stage's bytes in vec4s, with no arithmetic except the `or` that keeps the reads alive.
// Its time is that of a stage that only moves its bytes, and so a lower bound. Buffers hold whole rows of
// `invocations` vec4s.
// Needs lib/linear-id.wgsl.

struct Params {
  invocations: u32,
  reads: u32,         // vec4s that each invocation reads, `invocations` apart
  writes: u32,        // vec4s that each invocation writes, `invocations` apart
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> source: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> result: array<vec4u>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = linear_id(gid, groups);
  if (i >= params.invocations) { return; }
  var value = vec4u(0u);
  for (var r = 0u; r < params.reads; r++) {
    value |= source[i + r * params.invocations];
  }
  for (var w = 0u; w < params.writes; w++) {
    result[i + w * params.invocations] = value;
  }
}
