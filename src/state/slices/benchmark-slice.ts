/** Benchmark results, and the progress of running measurements. */
import { DEFAULT_PROJECTION, type ProjectionInputs } from "../../benchmark/projection-inputs.ts";
import type { BenchmarkResult } from "../../benchmark/result.ts";
import type { SuiteMeasured } from "../../benchmark/suite.ts";
import type { Crossings, SweepPoint } from "../../benchmark/sweep.ts";

/** Progress of a running computation. */
export interface RunProgress {
  /** 0..1 */
  readonly fraction: number;
  readonly step: string;
}

export interface TimingSlice {
  readonly benchmark: BenchmarkResult | null;
  readonly benchmarkRun: RunProgress | null;
  readonly sweep: readonly SweepPoint[] | null;
  readonly sweepRun: RunProgress | null;
  /**
   * Channel counts above which packed paths are faster than `per-channel` on this machine's adapter, from the
   * last complete sweep of any case; null until there is one.
   */
  readonly crossings: Crossings | null;
  /** Suite workloads measured so far. Another case keeps them, because the suite uses volumes of its own. */
  readonly suite: readonly SuiteMeasured[] | null;
  readonly suiteRun: RunProgress | null;
  readonly projection: ProjectionInputs;
}

/** The running measurement, if any. Only one runs at a time, because two would slow each other down. */
export function measuring(
  s: Pick<TimingSlice, "benchmarkRun" | "sweepRun" | "suiteRun">,
): RunProgress | null {
  return s.benchmarkRun ?? s.sweepRun ?? s.suiteRun;
}

/** The name of the running measurement, for sentences; null if there is none. */
export function measuringName(
  s: Pick<TimingSlice, "benchmarkRun" | "sweepRun" | "suiteRun">,
): "comparison" | "sweep" | "suite" | null {
  if (s.benchmarkRun) return "comparison";
  if (s.sweepRun) return "sweep";
  return s.suiteRun ? "suite" : null;
}

/** Reset when another case opens. */
export const PER_CASE = { benchmark: null, sweep: null } as const;

export const DEFAULTS: TimingSlice = {
  ...PER_CASE,
  benchmarkRun: null,
  sweepRun: null,
  crossings: null,
  suite: null,
  suiteRun: null,
  projection: DEFAULT_PROJECTION,
};
