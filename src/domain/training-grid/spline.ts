/** Implements the cubic spline of scipy.ndimage, to the last bit, for edges that repeat the last voxel. */

/** scipy repeats the border voxels this often before it filters. */
export const SPLINE_PAD = 12;

/** sqrt(3) - 2, rounded once. */
const POLE = -0.2679491924311227;

/**
 * Replaces values by spline coefficients along one axis, in place: each line starts at one of `starts`, and
 * has `length` > 1 values `stride` apart.
 */
export function splineFilterLine(values: Float64Array, start: number, length: number, stride: number): void {
  const at = (i: number): number => values[start + i * stride] ?? 0;
  const put = (i: number, value: number): void => {
    values[start + i * stride] = value;
  };
  const gain = (1 - POLE) * (1 - 1 / POLE);
  for (let i = 0; i < length; i++) put(i, at(i) * gain);
  put(0, causalStart(at, put, length));
  for (let i = 1; i < length; i++) put(i, at(i) + POLE * at(i - 1));
  put(length - 1, at(length - 1) * (POLE / (POLE - 1)));
  for (let i = length - 2; i >= 0; i--) put(i, POLE * (at(i + 1) - at(i)));
}

/** The first value of the causal pass, for lines that go on as mirror images (scipy's `reflect`). */
function causalStart(
  at: (i: number) => number,
  put: (i: number, value: number) => void,
  length: number,
): number {
  const far = POLE ** length;
  const first = at(0);
  let power = POLE;
  let sum = first + far * at(length - 1);
  for (let i = 1; i < length; i++) {
    // The last term reads the sum so far, as scipy computes it in place.
    put(0, sum);
    sum += power * (at(i) + far * at(length - 1 - i));
    power *= POLE;
  }
  return sum * (POLE / (1 - far * far)) + first;
}

/** Weights of the four coefficients around a position, `fraction` beyond the second. */
export function splineWeights(fraction: number): [number, number, number, number] {
  const [y, z] = [fraction, 1 - fraction];
  const first = (z * z * z) / 6;
  const second = (y * y * (y - 2) * 3 + 4) / 6;
  const third = (z * z * (z - 2) * 3 + 4) / 6;
  return [first, second, third, 1 - first - second - third];
}
