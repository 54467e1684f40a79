/** Benchmarks over channel counts: the points of a sweep, and where paths overtake one another. */
import { PATH_NAMES, type PathName } from "../domain/targets/target-paths.ts";
import { type BenchmarkResult, mismatchCount } from "./result.ts";

/**
 * Channel counts that a sweep measures: dense where a path may overtake, and on both sides of each word
 * boundary.
 */
export const SWEEP_CHANNELS: readonly number[] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 33, 48, 64, 65, 80, 96];

/**
 * Measured runs of each path at each count, and patches in a batch. Both are small because a sweep is long.
 */
export const SWEEP_REPEATS = 3;
export const SWEEP_BATCH = 1;

/** The sum of stages that a curve shows. */
export type SweepPart = "loader" | "total";

/** Medians at one channel count. */
export interface SweepPoint {
  readonly channels: number;
  readonly loaderMs: Partial<Record<PathName, number>>;
  readonly totalMs: Partial<Record<PathName, number>>;
  /** Target voxels of all packed paths that differ from `per-channel`. */
  readonly mismatches: number;
}

/** Makes one point of a sweep from the benchmark at that channel count. */
export function sweepPoint(benchmark: BenchmarkResult): SweepPoint {
  const loaderMs: Partial<Record<PathName, number>> = {};
  const totalMs: Partial<Record<PathName, number>> = {};
  for (const path of PATH_NAMES) {
    const timing = benchmark.paths[path];
    if (!timing) continue;
    loaderMs[path] = timing.loaderMs.median;
    totalMs[path] = timing.totalMs.median;
  }
  return { channels: benchmark.workload.channels, loaderMs, totalMs, mismatches: mismatchCount(benchmark) };
}

/** Milliseconds of one path at one point; undefined if it was not measured. */
export function sweepMs(point: SweepPoint, path: PathName, part: SweepPart): number | undefined {
  return (part === "loader" ? point.loaderMs : point.totalMs)[path];
}

/**
 * The channel count (fractional, interpolated linearly) above which one path stays ahead, and the time there.
 */
export interface Crossing {
  readonly channels: number;
  readonly ms: number;
}

/**
 * Finds where `challenger` overtakes `base` for good: the last change of order along the sweep, if it is
 * ahead at the end.
 *
 * @returns null if it is ahead from the first point or behind at the last one
 */
export function crossingPoint(
  points: readonly SweepPoint[],
  base: PathName,
  challenger: PathName,
  part: SweepPart = "loader",
): Crossing | null {
  const curve = points
    .flatMap((point) => {
      const a = sweepMs(point, base, part);
      const b = sweepMs(point, challenger, part);
      return a === undefined || b === undefined ? [] : [{ channels: point.channels, a, gain: a - b }];
    })
    .sort((one, other) => one.channels - other.channels);
  const behind = curve.findLastIndex((point) => point.gain <= 0);
  const from = curve[behind];
  const to = curve[behind + 1];
  if (!from || !to) return null;
  const share = -from.gain / (to.gain - from.gain);
  return {
    channels: from.channels + share * (to.channels - from.channels),
    ms: from.a + share * (to.a - from.a),
  };
}

/** The channel count of {@link crossingPoint}, or null. */
export function crossing(
  points: readonly SweepPoint[],
  base: PathName,
  challenger: PathName,
  part: SweepPart = "loader",
): number | null {
  return crossingPoint(points, base, challenger, part)?.channels ?? null;
}

/**
 * Finds the channel count above which `challenger` stays ahead of `base` over all stages: 0 if it is ahead
 * from the first count, infinite if it is behind at the last, undefined if they were not both measured.
 */
function leadsAbove(points: readonly SweepPoint[], base: PathName, challenger: PathName): number | undefined {
  const both = points
    .filter((p) => p.totalMs[base] !== undefined && p.totalMs[challenger] !== undefined)
    .sort((one, other) => one.channels - other.channels);
  const last = both.at(-1);
  if (!last) return undefined;
  if ((last.totalMs[challenger] ?? 0) >= (last.totalMs[base] ?? 0)) return Number.POSITIVE_INFINITY;
  return crossing(both, base, challenger, "total") ?? 0;
}

/** Channel counts above which the packed paths are ahead of `per-channel` on this machine's adapter. */
export type Crossings = Partial<Record<PathName, number>>;

/**
 * @returns null for an incomplete sweep or one whose targets differ, which does not tell which path to take
 */
export function crossingsOf(points: readonly SweepPoint[]): Crossings | null {
  if (points.length < SWEEP_CHANNELS.length || points.some((p) => p.mismatches > 0)) return null;
  const found: Partial<Record<PathName, number>> = {};
  for (const path of PATH_NAMES) {
    const at = path === "per-channel" ? undefined : leadsAbove(points, "per-channel", path);
    if (at !== undefined) found[path] = at;
  }
  return found;
}
