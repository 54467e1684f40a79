/** Converts label values to the whole-number types that nnU-Net stores them in. */

/**
 * Casts as numpy does on common processors: to a 32-bit integer (0 if it does not fit), of which the lowest
 * bits remain.
 */
export function castTo(bits: 8 | 16, value: number): number {
  const single = Math.fround(value);
  if (Math.abs(single) >= 2 ** 31) return 0;
  return (single << (32 - bits)) >> (32 - bits);
}
