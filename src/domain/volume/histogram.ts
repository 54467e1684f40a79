/** Counts how often values occur in an image. Pure. */
import type { ImageVolume } from "./image-volume.ts";

interface Histogram {
  /** Start of the first bin, and end of the last. */
  readonly min: number;
  readonly max: number;
  /** Number of examined values in each bin. */
  readonly counts: Uint32Array;
  /** Every `step`-th value was examined. */
  readonly step: number;
}

/** Maximum number of values to examine: enough for a plot, in a few ms. */
const MAX_VALUES = 400_000;

/** Bins of equal width from the smallest to the largest value; skips values that are not finite. */
export function histogramOf({ data, min, max }: Omit<ImageVolume, "grid">, bins: number): Histogram {
  const counts = new Uint32Array(bins);
  // An odd step avoids taking all values from one slice.
  const step = data.length <= MAX_VALUES ? 1 : Math.ceil(data.length / MAX_VALUES) | 1;
  const scale = max > min ? bins / (max - min) : 0;
  for (let i = 0; i < data.length; i += step) {
    const value = data[i] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((value - min) * scale)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { min, max, counts, step };
}
