/** Declares what a benchmark measures, and what follows from it. */
import type { AdapterSummary } from "../base/adapter.ts";
import type { Ratio, StageTiming, SumTiming } from "../base/times.ts";
import type { Triple } from "../domain/geometry/grid.ts";
import type { SamplingMode } from "../domain/targets/deep-supervision.ts";
import {
  type BackendName,
  PATH_NAMES,
  type PathName,
  type Stage,
  type TargetFormat,
} from "../domain/targets/target-paths.ts";
import { ratioOf } from "./figure.ts";

/** Times of one path for one whole batch, not for one patch. */
export interface PathTiming {
  readonly stages: Readonly<Record<Stage, StageTiming>>;
  /** The sum of prepare, upload and downsample. */
  readonly loaderMs: SumTiming;
  /** The sum of the loader part and decode. */
  readonly totalMs: SumTiming;
  readonly uploadBytes: number;
  readonly peakGpuBytes: number;
  /** Bytes of arrays prepared for the upload, without the volume itself. */
  readonly peakArrayBytes: number;
}

/**
 * Times of the per-channel path in one thread of the CPU, without a GPU, for one whole batch: the work of a
 * data loader.
 */
export interface CpuTiming {
  /** Turns labels into one byte mask per region. */
  readonly convertMs: StageTiming;
  /** Downsamples every mask to every scale. */
  readonly downsampleMs: StageTiming;
  /** The sum of both. */
  readonly loaderMs: SumTiming;
}

interface Workload {
  /** Edge length of the cubic benchmark volume; null for an open case. */
  readonly size: number | null;
  /** Voxels of one patch along each array axis. */
  readonly shape: Triple;
  /** Patches that one measurement covers. */
  readonly batch: number;
  readonly channels: number;
  readonly scales: readonly { readonly shape: Triple; readonly factors: Triple }[];
  readonly mode: SamplingMode;
  readonly targetFormat: TargetFormat;
}

/**
 * Milliseconds of a shader that only reads a stage's input bytes and writes its output bytes. Null if a path
 * has no such stage, or if the measured time is impossible: shorter than the clock can tell, or faster than
 * any memory.
 */
export interface TrafficLimit {
  readonly downsample: number | null;
  readonly decode: number | null;
}

/** The clocks of one run. */
interface ClockFacts {
  /** Step of the GPU's time stamps; null without time stamps. */
  readonly stampStepMs: number | null;
  /** Step of the browser's clock. */
  readonly wallStepMs: number;
  /** Median of an empty wait for the GPU. */
  readonly roundTripMs: number;
  /** Stages measured by the wall clock because their time stamps did not grow with the work. */
  readonly voidStamps: readonly { readonly path: PathName; readonly stage: Stage }[];
}

/** One run of all paths, in alternation, on one workload and one adapter. */
export interface BenchmarkResult {
  readonly adapter: AdapterSummary;
  readonly workload: Workload;
  /** Source of GPU times: timestamp queries, or the wall clock around a submission. */
  readonly clock: "timestamp-query" | "wall";
  readonly clocks: ClockFacts;
  /** The faster backend on this adapter, which wrote the results. */
  readonly backend: BackendName;
  /** Measured runs of each path, without warm-ups. */
  readonly repeats: number;
  readonly warmups: number;
  readonly limits: {
    readonly copyBytesPerMs: number;
    readonly trafficMs: Partial<Record<PathName, TrafficLimit>>;
  };
  readonly paths: Partial<Record<PathName, PathTiming>>;
  /** Null if the masks exceed what a page may take. */
  readonly cpu: CpuTiming | null;
  readonly skipped: readonly { readonly path: PathName; readonly reason: string }[];
  /** Paths at which the GPU failed, each with its reason in one sentence. They have no figures. */
  readonly failed: readonly { readonly path: PathName; readonly reason: string }[];
  /**
   * Compares the packed paths with `per-channel` over every channel at every scale or, if that is off,
   * label-first with bit-packed.
   */
  readonly verified: Partial<Record<PathName, { readonly mismatches: number }>>;
  /** ISO 8601. */
  readonly measuredAt: string;
}

/** How many times faster each packed path is than `per-channel`. */
interface Speedups {
  readonly loader: Partial<Record<PathName, Ratio>>;
  readonly total: Partial<Record<PathName, Ratio>>;
}

/**
 * Computes the speed-ups of the packed paths.
 *
 * @returns null if a packed path delivered other targets than `per-channel` or was not compared with it, or
 * if `per-channel` was not measured: a ratio of unequal work means nothing
 */
export function speedups(benchmark: BenchmarkResult): Speedups | null {
  const base = benchmark.paths["per-channel"];
  if (!base) return null;
  const loader: Partial<Record<PathName, Ratio>> = {};
  const total: Partial<Record<PathName, Ratio>> = {};
  for (const path of PATH_NAMES) {
    const timing = benchmark.paths[path];
    if (path === "per-channel" || !timing) continue;
    if (benchmark.verified[path]?.mismatches !== 0) return null;
    loader[path] = ratioOf(base.loaderMs, timing.loaderMs);
    total[path] = ratioOf(base.totalMs, timing.totalMs);
  }
  return { loader, total };
}

/**
 * Computes how many times faster a path's loader part is than the CPU baseline; null if either was not
 * measured.
 */
export function cpuRatio(benchmark: BenchmarkResult, path: PathName): Ratio | null {
  const timing = benchmark.paths[path];
  return timing && benchmark.cpu ? ratioOf(benchmark.cpu.loaderMs, timing.loaderMs) : null;
}

/** Counts the target voxels that differ from `per-channel`, over every compared path. */
export function mismatchCount(benchmark: BenchmarkResult): number {
  return PATH_NAMES.reduce((sum, path) => sum + (benchmark.verified[path]?.mismatches ?? 0), 0);
}
