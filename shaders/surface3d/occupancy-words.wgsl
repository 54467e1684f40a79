// How occupancy is stored: a u32 holds 2 x 4 x 4 voxels (axes 0, 1, 2), each of its bytes a cell of 2 x 2 x
// 2. So one load tells whether any of 32 and any of 8 voxels is occupied, and a sum over bytes gives counts
// of cells. Has no bindings.

const WORD_SPAN = vec3u(2u, 4u, 4u);
const WORD_SHIFT = vec3u(1u, 2u, 2u);
// Size of a brick along each axis, in voxels and in words.
const BRICK = 8u;
const BRICK_WORDS = vec3u(4u, 2u, 2u);
// Longer distances count as this one.
const MAX_DISTANCE = 8u;

// Bits 0, 1, 2: odd along axis 2, 1, 0; bits 3, 4: in the upper half along axis 2, 1.
fn bit_of(voxel: vec3u) -> u32 {
  let part = ((voxel & vec3u(1u, 3u, 3u)) * vec3u(4u, 10u, 5u)) & vec3u(4u, 18u, 9u);
  return part.x | part.y | part.z;
}

fn index_in(at: vec3u, shape: vec3u) -> u32 {
  return (at.x * shape.y + at.y) * shape.z + at.z;
}

fn position_in(index: u32, shape: vec3u) -> vec3u {
  let row = index / shape.z;
  return vec3u(row / shape.y, row % shape.y, index - row * shape.z);
}

// Number of occupied voxels in each cell, one byte per cell.
fn cell_counts(word: u32) -> u32 {
  let pairs = word - ((word >> 1u) & 0x55555555u);
  let fours = (pairs & 0x33333333u) + ((pairs >> 2u) & 0x33333333u);
  return (fours + (fours >> 4u)) & 0x0f0f0f0fu;
}
