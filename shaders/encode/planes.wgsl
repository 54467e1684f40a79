// Packs masks that came as separate channels: one bit plane per channel (bit i & 31 of u32 i >> 5 is voxel i)
// becomes words, one u32 per voxel and 32 channels. One invocation transposes 32 voxels of 32 channels.

struct Params {
  voxels: u32,
  channels: u32,
  plane_stride: u32,   // u32s from one bit plane to the next
  out_stride: u32,     // u32s from one word plane to the next
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> planes: array<u32>;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let column = gid.x + gid.y * groups.x * 64u;
  if (column * 32u >= params.voxels) { return; }
  let count = min(32u, params.voxels - column * 32u);
  for (var first = 0u; first < params.channels; first += 32u) {
    let n = min(32u, params.channels - first);
    var rows: array<u32, 32>;
    for (var k = 0u; k < n; k++) {
      rows[k] = planes[(first + k) * params.plane_stride + column];
    }
    // Said aloud: a software adapter was seen to keep the last turn's rows here.
    for (var k = n; k < 32u; k++) {
      rows[k] = 0u;
    }
    // Halves swap places, then quarters, and so on: bit b of row k becomes bit k of row b.
    var mask = 0x0000ffffu;
    for (var j = 16u; j > 0u; j = j >> 1u) {
      for (var k = 0u; k < 32u; k = (k + j + 1u) & ~j) {
        let moved = ((rows[k] >> j) ^ rows[k + j]) & mask;
        rows[k] = rows[k] ^ (moved << j);
        rows[k + j] = rows[k + j] ^ moved;
      }
      mask = mask ^ (mask << (j >> 1u));
    }
    let at = (first >> 5u) * params.out_stride + column * 32u;
    for (var b = 0u; b < count; b++) {
      result[at + b] = rows[b];
    }
  }
}
