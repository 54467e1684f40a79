/** Declares the messages between the page and the benchmark worker. */
import type { AdapterSummary } from "../base/adapter.ts";
import type { BenchmarkResult } from "../benchmark/result.ts";
import type { SweepPoint } from "../benchmark/sweep.ts";
import type { SamplingMode } from "../domain/targets/deep-supervision.ts";
import type { TargetFormat } from "../domain/targets/target-paths.ts";
import type { BenchmarkJob } from "../targets/measure/run-benchmark.ts";
import type { Verification, VerificationJob } from "../targets/measure/run-verification.ts";

/** The fixed workload of `npm run bench`. */
export interface BenchOptions {
  /** Edge length of the cubic volume in voxels. */
  readonly size: number;
  readonly channels: number;
  readonly batch: number;
  readonly repeats: number;
  readonly mode: SamplingMode;
  readonly strides: "isotropic" | "anisotropic";
  readonly targetFormat: TargetFormat;
}

/** Repeats the benchmark over channel counts, taking the regions of the case in turn. */
export interface SweepJob {
  readonly base: BenchmarkJob;
  readonly channelCounts: readonly number[];
}

export type BenchmarkRequest =
  | { readonly kind: "case"; readonly job: BenchmarkJob }
  | { readonly kind: "workload"; readonly options: BenchOptions }
  | { readonly kind: "sweep"; readonly job: SweepJob }
  | { readonly kind: "verify"; readonly job: VerificationJob }
  /** Stops the current work, which is answered with an error. */
  | { readonly kind: "stop" };

/** The result of each kind of request. */
export interface BenchmarkResults {
  readonly case: BenchmarkResult;
  readonly workload: BenchmarkResult;
  readonly sweep: readonly SweepPoint[];
  readonly verify: Verification & { readonly adapter: AdapterSummary };
}

/** Peak memory of a device. */
export interface DeviceMemory {
  readonly peakBytes: number;
  /** Bytes of the largest buffer or texture. */
  readonly largestBytes: number;
}

/** A result, and the memory that the worker's device used for it. */
export interface Measured<R> {
  readonly result: R;
  readonly gpu: DeviceMemory;
}

export type BenchmarkNews =
  | { readonly kind: "progress"; readonly fraction: number; readonly step: string }
  /** Part of a longer answer, shown as soon as it is measured. */
  | { readonly kind: "point"; readonly point: SweepPoint };
