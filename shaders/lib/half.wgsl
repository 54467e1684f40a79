// Image voxels as 16-bit floats, two per u32, the first in the lower half.

// Marks voxels without an image: a NaN, which no finite value rounds to.
const NO_IMAGE = 0xffffu;
const MAX_HALF = 65504.0;

// Takes the 16 bits of voxel `index` from the word that holds it.
fn half_of(word: u32, index: u32) -> u32 {
  return (word >> ((index & 1u) << 4u)) & 0xffffu;
}

fn half_to_f32(half: u32) -> f32 {
  return unpack2x16float(half).x;
}

// Tests for NaN by bits, because shaders may assume that there is none. Infinities become the largest values.
fn half_from_f32(value: f32) -> u32 {
  if ((bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u) {
    return NO_IMAGE;
  }
  return pack2x16float(vec2f(clamp(value, -MAX_HALF, MAX_HALF), 0.0)) & 0xffffu;
}
