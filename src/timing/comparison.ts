import type { AdapterSummary } from "../domain/adapter.ts";
import type { SamplingMode } from "../domain/deep-supervision.ts";
import type { Triple } from "../domain/grid.ts";

export const PATH_NAMES = ["per-channel", "bit-packed", "label-first"] as const;
/** One way from a label volume to targets. */
export type PathName = (typeof PATH_NAMES)[number];

export const STAGES = ["prepare", "upload", "downsample", "decode"] as const;
/** One step of a path, in the order in which they run. */
export type Stage = (typeof STAGES)[number];

export const TARGET_FORMATS = ["byte", "bit"] as const;
/** What targets are made of: one byte per voxel and channel, as `torch.bool`, or one bit. */
export type TargetFormat = (typeof TARGET_FORMATS)[number];

/** Milliseconds. */
export interface Quartiles {
  readonly median: number;
  readonly p25: number;
  readonly p75: number;
}

/** What one path took for one whole batch (not for one patch). */
export interface PathTiming {
  readonly stages: Readonly<Record<Stage, Quartiles>>;
  /** prepare + upload + downsample, summed within each repeat, then summarised. */
  readonly loaderMs: Quartiles;
  /** The loader part + decode, summed within each repeat, then summarised. */
  readonly totalMs: Quartiles;
  readonly uploadBytes: number;
  readonly peakGpuBytes: number;
  /** Of arrays that were prepared for the upload; the volume itself is not among them. */
  readonly peakArrayBytes: number;
}

/** The per-channel path in one thread of the CPU, without a GPU, for one whole batch: what a data loader does. */
export interface CpuTiming {
  /** Labels to one byte mask a region. */
  readonly convertMs: Quartiles;
  /** Every mask to every scale. */
  readonly downsampleMs: Quartiles;
  /** Both, summed within each repeat. */
  readonly loaderMs: Quartiles;
}

export interface Workload {
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

/** Times of a shader that only reads a stage's input bytes and writes its output bytes. */
export interface TrafficLimit {
  readonly downsample: number;
  readonly decode: number;
}

/** One run of the paths in alternation on one workload and one adapter. */
export interface Comparison {
  readonly adapter: AdapterSummary;
  readonly workload: Workload;
  /** Where GPU times come from: timestamp queries, or the wall clock around a submission. */
  readonly clock: "timestamp-query" | "wall";
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
  /** Of the packed paths, against `per-channel`, over every channel at every scale; where that is off, of label-first against bit-packed. */
  readonly verified: Partial<Record<PathName, { readonly mismatches: number }>>;
  /** ISO 8601. */
  readonly measuredAt: string;
}

/** How many times faster than `per-channel` each packed path is: per-channel median / its median. */
export interface Speedups {
  readonly loader: Partial<Record<PathName, number>>;
  readonly total: Partial<Record<PathName, number>>;
}

/**
 * The packed paths' speed-ups.
 *
 * @returns null when a packed path delivered other targets than `per-channel` or was not compared with it,
 * or when `per-channel` was not measured: a ratio of unequal work means nothing.
 */
export function speedups(comparison: Comparison): Speedups | null {
  const base = comparison.paths["per-channel"];
  if (!base) return null;
  const loader: Partial<Record<PathName, number>> = {};
  const total: Partial<Record<PathName, number>> = {};
  for (const path of PATH_NAMES) {
    const timing = comparison.paths[path];
    if (path === "per-channel" || !timing) continue;
    if (comparison.verified[path]?.mismatches !== 0) return null;
    loader[path] = base.loaderMs.median / timing.loaderMs.median;
    total[path] = base.totalMs.median / timing.totalMs.median;
  }
  return { loader, total };
}

/** How many times faster than the CPU alone a path's loader part is; null where either was not measured. */
export function cpuRatio(comparison: Comparison, path: PathName): number | null {
  const timing = comparison.paths[path];
  return timing && comparison.cpu ? comparison.cpu.loaderMs.median / timing.loaderMs.median : null;
}

/** Target voxels that differ from `per-channel`, over every path that was compared. */
export function mismatchCount(comparison: Comparison): number {
  return PATH_NAMES.reduce((sum, path) => sum + (comparison.verified[path]?.mismatches ?? 0), 0);
}
