/** Turns the number of regions in each slice into runs of equal brightness for the slice track. */

/** From no regions to the most. Five levels separate few from many; more would only add shapes to draw. */
const OPACITIES = [0, 0.3, 0.55, 0.8, 1] as const;

interface DensityRun {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** 0..1 */
  readonly opacity: number;
}

/** Returns runs of slices with similar numbers of regions; omits slices without any. */
export function densityRuns(counts: ArrayLike<number>, most: number): DensityRun[] {
  const runs: DensityRun[] = [];
  const levels = OPACITIES.length - 1;
  const levelAt = (i: number) => Math.ceil(((counts[i] ?? 0) / Math.max(1, most)) * levels);
  let from = 0;
  for (let i = 1; i <= counts.length; i++) {
    const level = levelAt(from);
    if (i < counts.length && levelAt(i) === level) continue;
    if (level > 0) runs.push({ from, to: i, opacity: OPACITIES[level] ?? 1 });
    from = i;
  }
  return runs;
}
