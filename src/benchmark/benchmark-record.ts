/** Declares what the Timing panel holds and its exports contain. */
import type { ProjectionInputs } from "./projection-inputs.ts";
import type { BenchmarkResult } from "./result.ts";
import type { SweepPoint } from "./sweep.ts";

export interface BenchmarkRecord {
  readonly benchmark: BenchmarkResult;
  readonly sweep: readonly SweepPoint[] | null;
  readonly projection: ProjectionInputs;
  /** Name of the measured case; null for the benchmark volume. */
  readonly caseName: string | null;
}
