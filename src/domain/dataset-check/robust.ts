/** Finds values apart from the rest by median and median absolute deviation, which outliers do not move. */
import { quantile } from "../../base/statistics.ts";

/** Makes the median absolute deviation of normally distributed values their standard deviation. */
const NORMAL = 1.4826;

/** Scaled deviations beyond which a value is apart from the rest. */
export const MAX_DEVIATIONS = 5;

/** Fewer values have no rest that one could be apart from: half of them may be odd. */
export const MIN_VALUES = 8;

interface Spread {
  readonly median: number;
  /** Scaled median absolute deviation; 0 if more than half of the values are equal. */
  readonly deviation: number;
}

/** Both NaN without values. */
export function spread(values: readonly number[]): Spread {
  const median = medianOf(values);
  return { median, deviation: NORMAL * medianOf(values.map((value) => Math.abs(value - median))) };
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return quantile(sorted, 0.5);
}

/**
 * Which values lie more than {@link MAX_DEVIATIONS} scaled deviations from the median, with their sign: -1
 * below, 1 above, 0 for the others and for too few values.
 *
 * @param values on the scale on which they are judged, most often logarithms
 * @param least deviation to assume at least, for values of which more than half are equal
 */
export function apart(values: readonly number[], least: number): (-1 | 0 | 1)[] {
  if (values.length < MIN_VALUES) return values.map(() => 0);
  const { median, deviation } = spread(values);
  const bound = MAX_DEVIATIONS * Math.max(deviation, least);
  return values.map((value) => (value > median + bound ? 1 : value < median - bound ? -1 : 0));
}
