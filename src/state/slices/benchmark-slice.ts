import type { StateCreator } from "zustand";
import { DEFAULT_PROJECTION, type ProjectionInputs } from "../../benchmark/projection.ts";
import type { BenchmarkResult } from "../../benchmark/result.ts";
import type { SuiteMeasured } from "../../benchmark/suite.ts";
import { type Crossings, crossingsOf, type SweepPoint } from "../../benchmark/sweep.ts";
import type { AppState } from "../app-state.ts";

/** A run under way. */
export interface RunProgress {
  /** 0..1 */
  readonly fraction: number;
  readonly step: string;
}

export interface TimingSlice {
  readonly comparison: BenchmarkResult | null;
  readonly comparisonRun: RunProgress | null;
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

  comparisonProgressed(run: RunProgress): void;
  comparisonFinished(comparison: BenchmarkResult): void;
  /** Cancelled or failed: the last result stays. */
  comparisonStopped(): void;
  sweepProgressed(run: RunProgress): void;
  /** Points so far; the curve grows while the sweep runs. */
  sweepArrived(points: readonly SweepPoint[]): void;
  sweepStopped(): void;
  suiteProgressed(run: RunProgress): void;
  suiteArrived(runs: readonly SuiteMeasured[]): void;
  suiteStopped(): void;
  setProjection(inputs: ProjectionInputs): void;
}

/** What is being measured, if anything: one thing at a time, or each would disturb the other. */
export function measuring(
  s: Pick<TimingSlice, "comparisonRun" | "sweepRun" | "suiteRun">,
): RunProgress | null {
  return s.comparisonRun ?? s.sweepRun ?? s.suiteRun;
}

export const createTimingSlice: StateCreator<AppState, [], [], TimingSlice> = (set) => ({
  comparison: null,
  comparisonRun: null,
  sweep: null,
  sweepRun: null,
  crossings: null,
  suite: null,
  suiteRun: null,
  projection: DEFAULT_PROJECTION,

  comparisonProgressed: (comparisonRun) => set({ comparisonRun }),
  comparisonFinished: (comparison) => set({ comparison, comparisonRun: null }),
  comparisonStopped: () => set({ comparisonRun: null }),
  sweepProgressed: (sweepRun) => set({ sweepRun }),
  sweepArrived: (sweep) => set((s) => ({ sweep, crossings: crossingsOf(sweep) ?? s.crossings })),
  sweepStopped: () => set({ sweepRun: null }),
  suiteProgressed: (suiteRun) => set({ suiteRun }),
  suiteArrived: (suite) => set({ suite }),
  suiteStopped: () => set({ suiteRun: null }),
  setProjection: (projection) => set({ projection }),
});
