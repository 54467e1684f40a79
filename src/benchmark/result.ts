import type { AdapterSummary } from "../base/adapter.ts";
import type { Ratio, StageTiming, SumTiming } from "../base/times.ts";
import type { Triple } from "../domain/geometry/grid.ts";
import type { SamplingMode } from "../domain/targets/deep-supervision.ts";
import { ratioOf } from "./figure.ts";

export const PATH_NAMES = ["per-channel", "bit-packed", "label-first"] as const;
/** One way from a label volume to targets. */
export type PathName = (typeof PATH_NAMES)[number];

export const STAGES = ["prepare", "upload", "downsample", "decode"] as const;
/** One step of a path, in the order in which they run. */
export type Stage = (typeof STAGES)[number];

export const TARGET_FORMATS = ["byte", "bit"] as const;
/** What targets are made of: one byte per voxel and channel, as `torch.bool`, or one bit. */
export type TargetFormat = (typeof TARGET_FORMATS)[number];

/** How the GPU writes results: by compute shaders, or by render passes into attachments that are copied. */
export type BackendName = "compute" | "raster";

/** What one path took for one whole batch (not for one patch). */
export interface PathTiming {
  readonly stages: Readonly<Record<Stage, StageTiming>>;
  /** prepare + upload + downsample. */
  readonly loaderMs: SumTiming;
  /** The loader part + decode. */
  readonly totalMs: SumTiming;
  readonly uploadBytes: number;
  readonly peakGpuBytes: number;
  /** Of arrays that were prepared for the upload; the volume itself is not among them. */
  readonly peakArrayBytes: number;
}

/**
 * The per-channel path in one thread of the CPU, without a GPU, for one whole batch: what a data loader does.
 */
export interface CpuTiming {
  /** Labels to one byte mask a region. */
  readonly convertMs: StageTiming;
  /** Every mask to every scale. */
  readonly downsampleMs: StageTiming;
  /** The sum of both. */
  readonly loaderMs: SumTiming;
}

interface Workload {
  /** Edge length of the cubic benchmark volume; null for an open case. */
  readonly size: number | null;
  /** Voxels along each array axis of one patch. */
  readonly shape: Triple;
  /** Patches that one measurement covers. */
  readonly batch: number;
  readonly channels: number;
  readonly scales: readonly { readonly shape: Triple; readonly factors: Triple }[];
  readonly mode: SamplingMode;
  readonly targetFormat: TargetFormat;
}

/**
 * Milliseconds of a shader that only reads a stage's input bytes and writes its output bytes. Null where a
 * path has no such stage, or where what was measured is no time: shorter than the clock can tell, or faster
 * than any memory.
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
  /** Stages whose time stamps did not grow with the work and were measured by the wall clock instead. */
  readonly voidStamps: readonly { readonly path: PathName; readonly stage: Stage }[];
}

/** One run of the paths in alternation on one workload and one adapter. */
export interface BenchmarkResult {
  readonly adapter: AdapterSummary;
  readonly workload: Workload;
  /** Where GPU times come from: timestamp queries, or the wall clock around a submission. */
  readonly clock: "timestamp-query" | "wall";
  readonly clocks: ClockFacts;
  /** The faster of the two on this adapter, which wrote the results. */
  readonly backend: BackendName;
  /** Measured runs of each path, warm-ups left out. */
  readonly repeats: number;
  readonly warmups: number;
  readonly limits: {
    readonly copyBytesPerMs: number;
    readonly trafficMs: Partial<Record<PathName, TrafficLimit>>;
  };
  readonly paths: Partial<Record<PathName, PathTiming>>;
  /** Null where the masks are more than a page may take. */
  readonly cpu: CpuTiming | null;
  readonly skipped: readonly { readonly path: PathName; readonly reason: string }[];
  /** Paths that the GPU did not carry through, each with its reason as one sentence: they have no figures. */
  readonly failed: readonly { readonly path: PathName; readonly reason: string }[];
  /**
   * Of the packed paths, against `per-channel`, over every channel at every scale; where that is off, of
   * label-first against bit-packed.
   */
  readonly verified: Partial<Record<PathName, { readonly mismatches: number }>>;
  /** ISO 8601. */
  readonly measuredAt: string;
}

/** How many times faster than `per-channel` each packed path is. */
interface Speedups {
  readonly loader: Partial<Record<PathName, Ratio>>;
  readonly total: Partial<Record<PathName, Ratio>>;
}

/**
 * The packed paths' speed-ups.
 *
 * @returns null when a packed path delivered other targets than `per-channel` or was not compared with it,
 * or when `per-channel` was not measured: a ratio of unequal work means nothing.
 */
export function speedups(comparison: BenchmarkResult): Speedups | null {
  const base = comparison.paths["per-channel"];
  if (!base) return null;
  const loader: Partial<Record<PathName, Ratio>> = {};
  const total: Partial<Record<PathName, Ratio>> = {};
  for (const path of PATH_NAMES) {
    const timing = comparison.paths[path];
    if (path === "per-channel" || !timing) continue;
    if (comparison.verified[path]?.mismatches !== 0) return null;
    loader[path] = ratioOf(base.loaderMs, timing.loaderMs);
    total[path] = ratioOf(base.totalMs, timing.totalMs);
  }
  return { loader, total };
}

/** How many times faster than the CPU alone a path's loader part is; null where either was not measured. */
export function cpuRatio(comparison: BenchmarkResult, path: PathName): Ratio | null {
  const timing = comparison.paths[path];
  return timing && comparison.cpu ? ratioOf(comparison.cpu.loaderMs, timing.loaderMs) : null;
}

/** Target voxels that differ from `per-channel`, over every path that was compared. */
export function mismatchCount(comparison: BenchmarkResult): number {
  return PATH_NAMES.reduce((sum, path) => sum + (comparison.verified[path]?.mismatches ?? 0), 0);
}
