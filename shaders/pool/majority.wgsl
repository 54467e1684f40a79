// Pools words by majority: a channel is present if more than half of the cell's voxels have it; half is not
// enough. One invocation makes one word of one target voxel. It counts 32 channels at once with bit-sliced
// counters: bit c of counter[k] is bit k of channel c's count, and adding a word is a chain of half adders.
// majority-large.wgsl does the same for large cells.
// Needs pool/cell.wgsl, lib/linear-id.wgsl.

// Bit k of a number, repeated for all channels.
fn plane_of(number: u32, k: u32) -> u32 {
  return select(0u, 0xffffffffu, ((number >> k) & 1u) == 1u);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = params.first + linear_id(gid, groups);
  if (i >= params.end) { return; }
  let cell = cell_of(i);
  let size = cell.high - cell.low;
  let voxels = size.x * size.y * size.z;
  // Counters have as many bits as the number of voxels (3 to 11). They start at a value that makes them
  // overflow with the first voxel beyond half. They overflow at most once, because fewer voxels remain than
  // they can count.
  let bits = max(3u, 32u - countLeadingZeros(voxels));
  let start = (1u << bits) - (voxels / 2u + 1u);
  // The lowest three bits change often, so they have separate variables.
  var ones = plane_of(start, 0u);
  var twos = plane_of(start, 1u);
  var fours = plane_of(start, 2u);
  var counter: array<u32, 11>;
  for (var k = 0u; k < 11u; k++) {
    counter[k] = plane_of(start, k);
  }
  let first = gid.z * params.in_stride;
  var over = 0u;
  for (var z = cell.low.x; z < cell.high.x; z++) {
    for (var y = cell.low.y; y < cell.high.y; y++) {
      let row = first + (z * params.in_shape.y + y) * params.in_shape.z - params.in_first;
      for (var x = cell.low.z; x < cell.high.z; x++) {
        let word = source[row + x];
        let carry1 = ones & word;
        ones ^= word;
        let carry2 = twos & carry1;
        twos ^= carry1;
        var carry = fours & carry2;
        fours ^= carry2;
        for (var k = 3u; k < bits && carry != 0u; k++) {
          let before = counter[k];
          counter[k] = before ^ carry;
          carry &= before;
        }
        over |= carry;
      }
    }
  }
  result[params.out_offset + gid.z * params.out_stride + i - params.out_first] = over;
}
