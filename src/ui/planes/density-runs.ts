/** Enough to tell few from many; more would only make more shapes. */
const LEVELS = 4;
const FAINTEST = 0.3;

export interface DensityRun {
  readonly from: number;
  /** Not included. */
  readonly to: number;
  /** 0..1 */
  readonly opacity: number;
}

/** Stretches of slices with about as many regions each; slices without any are left out. */
export function densityRuns(counts: ArrayLike<number>, most: number): DensityRun[] {
  const runs: DensityRun[] = [];
  const levelAt = (i: number) => Math.ceil(((counts[i] ?? 0) / Math.max(1, most)) * LEVELS);
  let from = 0;
  for (let i = 1; i <= counts.length; i++) {
    const level = levelAt(from);
    if (i < counts.length && levelAt(i) === level) continue;
    if (level > 0) {
      const opacity = FAINTEST + ((1 - FAINTEST) * (level - 1)) / (LEVELS - 1);
      runs.push({ from, to: i, opacity });
    }
    from = i;
  }
  return runs;
}
