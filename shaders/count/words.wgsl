// Counts the voxels of every channel in words. Workgroup (x, w) sums a part of word plane w, 32 channels.

struct Params {
  voxels: u32,
  in_offset: u32,      // offset of the first word plane, in u32s
  in_stride: u32,      // u32s from one word plane to the next
  first_slot: u32,     // position of channel 0 in `counts`
  channels: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> words: array<u32>;
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;

const PER_INVOCATION = 64u;

var<workgroup> sums: array<atomic<u32>, 32>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let plane = params.in_offset + group.y * params.in_stride;
  let start = group.x * 64u * PER_INVOCATION + local;
  for (var r = 0u; r < PER_INVOCATION; r++) {
    let i = start + r * 64u;
    if (i >= params.voxels) { break; }
    var word = words[plane + i];
    while (word != 0u) {
      atomicAdd(&sums[firstTrailingBit(word)], 1u);
      word &= word - 1u;
    }
  }
  workgroupBarrier();
  let channel = group.y * 32u + local;
  if (local < 32u && channel < params.channels) {
    let n = atomicLoad(&sums[local]);
    if (n > 0u) { atomicAdd(&counts[params.first_slot + channel], n); }
  }
}
