/** The GPU, and what was computed on it. */
import type { AdapterSummary } from "../../base/adapter.ts";
import type { PathName } from "../../benchmark/result.ts";
import type { Compared } from "../../domain/targets/compared.ts";

export type GpuUnavailableReason =
  | "no-webgpu"
  /** The page is neither on https nor on localhost. */
  | "insecure"
  | "no-adapter"
  /** There was an adapter, and the browser offers none any more. */
  | "switched-off"
  | "no-device";

type GpuStatus =
  | { readonly status: "starting" }
  | { readonly status: "ready"; readonly adapter: AdapterSummary }
  | { readonly status: "unavailable"; readonly reason: GpuUnavailableReason; readonly sentence: string }
  /** The device was lost and another is being asked for; the view stays. */
  | { readonly status: "recovering" };

export interface GpuSlice {
  readonly gpu: GpuStatus;
  /** How often the user asked for a GPU again since there was one last. */
  readonly gpuTries: number;
  /**
   * The part that is done of a count on the CPU, where there is no GPU, 0..1; null while nothing is counted
   * there.
   */
  readonly cpuCounting: number | null;
  /** [scale][region] of the whole case as nnU-Net samples it; null while it is being counted. */
  readonly regionVoxels: readonly (readonly number[])[] | null;
  /** Counts that are null are not on their way: the GPU failed at them. */
  readonly countsFailed: boolean;
  /**
   * The same of what is shown instead: a patch, or pooled; null while it is being counted, and where nothing
   * else is shown.
   */
  readonly shownVoxels: readonly (readonly number[])[] | null;
  /** Which path makes the targets, and why. */
  readonly path: PathName | null;
  readonly pathReason: string | null;
  /** Comparison of the packed targets with `per-channel`, bit for bit; null before it was made. */
  readonly verified: { readonly mismatches: number; readonly compared: Compared } | null;
  /** Outstanding computations. */
  readonly busy: number;
}

/** What was computed from the case and holds no longer once the targets are others. */
export const OUTDATED = {
  regionVoxels: null,
  shownVoxels: null,
  verified: null,
  countsFailed: false,
} as const;

/** What another case resets. */
export const PER_CASE = { ...OUTDATED, path: null, pathReason: null } as const;

export const DEFAULTS: GpuSlice = {
  ...PER_CASE,
  gpu: { status: "starting" },
  gpuTries: 0,
  cpuCounting: null,
  busy: 0,
};
