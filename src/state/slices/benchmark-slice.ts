/** What was measured of the paths, and what is being measured. */
import { DEFAULT_PROJECTION, type ProjectionInputs } from "../../benchmark/projection.ts";
import type { BenchmarkResult } from "../../benchmark/result.ts";
import type { SuiteMeasured } from "../../benchmark/suite.ts";
import type { Crossings, SweepPoint } from "../../benchmark/sweep.ts";

/** A run under way. */
export interface RunProgress {
  /** 0..1 */
  readonly fraction: number;
  readonly step: string;
}

export interface TimingSlice {
  readonly comparison: BenchmarkResult | null;
  readonly benchmarkRun: RunProgress | null;
  readonly sweep: readonly SweepPoint[] | null;
  readonly sweepRun: RunProgress | null;
  /**
   * Where the paths cross on this machine's adapter, from the last whole sweep of any case; null until there
   * is one.
   */
  readonly crossings: Crossings | null;
  /** Workloads of the suite measured so far; about the benchmark's volumes, so another case leaves it. */
  readonly suite: readonly SuiteMeasured[] | null;
  readonly suiteRun: RunProgress | null;
  readonly projection: ProjectionInputs;
}

/** What is being measured, if anything: one thing at a time, or each would disturb the other. */
export function measuring(
  s: Pick<TimingSlice, "benchmarkRun" | "sweepRun" | "suiteRun">,
): RunProgress | null {
  return s.benchmarkRun ?? s.sweepRun ?? s.suiteRun;
}

/** What another case resets. */
export const PER_CASE = { comparison: null, sweep: null } as const;

export const DEFAULTS: TimingSlice = {
  ...PER_CASE,
  benchmarkRun: null,
  sweepRun: null,
  crossings: null,
  suite: null,
  suiteRun: null,
  projection: DEFAULT_PROJECTION,
};
