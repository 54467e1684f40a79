/** Values of label files as nnU-Net has them: its readers hand every voxel on as float32. */

/**
 * A value as it is compared with the labels. Whole numbers stay exact: those beyond 2^24 that float32 does
 * not hold are judged by a finding of their own, and must not be one here.
 */
export function asRead(value: number): number {
  // Adding 0 turns -0 into 0, which prints and compares like every other zero.
  return (Number.isInteger(value) ? value : Math.fround(value)) + 0;
}

/** A value as people write it: the shortest decimal that is the same float32, "0.3" for 0.30000001192. */
export function valueText(value: number): string {
  const single = Math.fround(value);
  // Larger ones are written with an exponent, and have no more digits than others.
  if ((Number.isInteger(value) && Math.abs(value) < 1e21) || !Number.isFinite(single)) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === single) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
