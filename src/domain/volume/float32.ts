/** Converts values of label files to what nnU-Net sees: its readers return every voxel as float32. */

/**
 * A value as compared with the labels. Whole numbers stay exact: those beyond 2^24 that float32 cannot hold
 * have a finding of their own, and must not merge here.
 */
export function asRead(value: number): number {
  // Adding 0 turns -0 into 0, which prints and compares like every other zero.
  return (Number.isInteger(value) ? value : Math.fround(value)) + 0;
}

/** A value as people write it: the shortest decimal with the same float32, "0.3" for 0.30000001192. */
export function valueText(value: number): string {
  const single = Math.fround(value);
  // Larger values print with an exponent and need no more digits than others.
  if ((Number.isInteger(value) && Math.abs(value) < 1e21) || !Number.isFinite(single)) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === single) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
