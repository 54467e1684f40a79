/** What a run of the benchmark leaves, for the panel and its exports. */
import type { ProjectionInputs } from "./projection.ts";
import type { BenchmarkResult } from "./result.ts";
import type { SweepPoint } from "./sweep.ts";

/** What the Timing panel holds and its exports carry. */
export interface TimingRecord {
  readonly comparison: BenchmarkResult;
  readonly sweep: readonly SweepPoint[] | null;
  readonly projection: ProjectionInputs;
  /** Name of the measured case; null for the benchmark volume. */
  readonly caseName: string | null;
}
