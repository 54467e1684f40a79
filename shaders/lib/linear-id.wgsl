// Numbers the invocations that workgroups1d (src/gpu/dispatch.ts) lays out in rows of workgroups of 64.

fn linear_id(id: vec3u, groups: vec3u) -> u32 {
  return id.x + id.y * groups.x * 64u;
}
