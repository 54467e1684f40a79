/** Actions that store the progress and results of measurements. */
import type { ProjectionInputs } from "../../benchmark/projection-inputs.ts";
import type { BenchmarkResult } from "../../benchmark/result.ts";
import type { SuiteMeasured } from "../../benchmark/suite.ts";
import { crossingsOf, type SweepPoint } from "../../benchmark/sweep.ts";
import type { RunProgress } from "../slices/benchmark-slice.ts";
import { useStore } from "../store.ts";

export function benchmarkProgressed(benchmarkRun: RunProgress): void {
  useStore.setState({ benchmarkRun });
}

export function benchmarkFinished(benchmark: BenchmarkResult): void {
  useStore.setState({ benchmark, benchmarkRun: null });
}

/** Called after a cancel or failure; the last result stays. */
export function benchmarkStopped(): void {
  useStore.setState({ benchmarkRun: null });
}

export function sweepProgressed(sweepRun: RunProgress): void {
  useStore.setState({ sweepRun });
}

/** Stores the points measured so far, so that the curve grows while the sweep runs. */
export function sweepArrived(sweep: readonly SweepPoint[]): void {
  useStore.setState((s) => ({ sweep, crossings: crossingsOf(sweep) ?? s.crossings }));
}

export function sweepStopped(): void {
  useStore.setState({ sweepRun: null });
}

export function suiteProgressed(suiteRun: RunProgress): void {
  useStore.setState({ suiteRun });
}

export function suiteArrived(suite: readonly SuiteMeasured[]): void {
  useStore.setState({ suite });
}

export function suiteStopped(): void {
  useStore.setState({ suiteRun: null });
}

export function setProjection(projection: ProjectionInputs): void {
  useStore.setState({ projection });
}
