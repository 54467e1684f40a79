/**
 * Turns the number of regions in each slice into ranges of slices of equal brightness for the slice track.
 */

/** From no regions to the most. Five steps separate few from many; more would only add shapes to draw. */
const OPACITIES = [0, 0.3, 0.55, 0.8, 1] as const;

interface DensityRange {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** 0..1 */
  readonly opacity: number;
}

/** Returns the ranges of slices with similar numbers of regions; omits slices without any. */
export function densityRanges(counts: ArrayLike<number>, most: number): DensityRange[] {
  const ranges: DensityRange[] = [];
  const steps = OPACITIES.length - 1;
  const stepAt = (i: number) => Math.ceil(((counts[i] ?? 0) / Math.max(1, most)) * steps);
  let from = 0;
  for (let i = 1; i <= counts.length; i++) {
    const step = stepAt(from);
    if (i < counts.length && stepAt(i) === step) continue;
    if (step > 0) ranges.push({ from, to: i, opacity: OPACITIES[step] ?? 1 });
    from = i;
  }
  return ranges;
}
