// Bit masks that keep the first voxels of a vec4u of targets and drop the padding after the last voxel.

// Bit mask of the first n of 128 bits.
fn first_bits(n: u32) -> vec4u {
  let k = clamp(vec4i(i32(min(n, 128u))) - vec4i(0, 32, 64, 96), vec4i(0), vec4i(32));
  let partial = (vec4u(1u) << vec4u(k & vec4i(31))) - vec4u(1u);
  return select(partial, vec4u(0xffffffffu), k == vec4i(32));
}
