/** Computes quantiles and quartiles. */
import type { Quartiles } from "./times.ts";

/**
 * The value below which a share of the values lies, by linear interpolation between the two nearest values
 * (the default of `numpy.percentile`).
 *
 * @param sorted ascending, at least one
 * @param share 0..1
 */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[below + 1] ?? low;
  return low + (high - low) * (position - below);
}

/** Median and quartiles of times in milliseconds; all NaN without times. */
export function quartiles(timesMs: readonly number[]): Quartiles {
  const sorted = [...timesMs].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), p25: quantile(sorted, 0.25), p75: quantile(sorted, 0.75) };
}
