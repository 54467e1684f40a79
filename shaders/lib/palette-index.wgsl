// Unpacks palette indices of 8 or 16 bits from u32s. The kernel declares `indices: array<u32>`.

override bits_per_index: u32 = 8u;

fn palette_index(voxel: u32) -> u32 {
  if (bits_per_index == 8u) {
    return (indices[voxel >> 2u] >> ((voxel & 3u) * 8u)) & 0xffu;
  }
  return (indices[voxel >> 1u] >> ((voxel & 1u) * 16u)) & 0xffffu;
}
