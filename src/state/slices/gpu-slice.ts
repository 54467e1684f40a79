/** State of the GPU and its results. */
import type { AdapterSummary } from "../../base/adapter.ts";
import type { PathName } from "../../domain/targets/target-paths.ts";
import type { VerifiedExtent } from "../../domain/targets/verified-extent.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { SurvivalSlice } from "./survival-slice.ts";

export type GpuUnavailableReason =
  | "no-webgpu"
  /** The page is neither on https nor on localhost. */
  | "insecure"
  | "no-adapter"
  /** The browser offered an adapter before and no longer does. */
  | "switched-off"
  | "no-device";

type GpuStatus =
  | { readonly status: "starting" }
  | { readonly status: "ready"; readonly adapter: AdapterSummary }
  | { readonly status: "unavailable"; readonly reason: GpuUnavailableReason; readonly sentence: string }
  /** The device was lost and the page is requesting another; the view stays. */
  | { readonly status: "recovering" };

export interface GpuSlice {
  readonly gpu: GpuStatus;
  /** How often the user has retried since the last working GPU. */
  readonly gpuTries: number;
  /** Progress (0..1) of a count on the CPU, used without a GPU; null if none is running. */
  readonly cpuCounting: number | null;
  /** Voxels as `[scale][region]` for the whole case, sampled as nnU-Net does; null until they are counted. */
  readonly regionVoxels: readonly (readonly number[])[] | null;
  /** The GPU failed to count: null counts will not arrive. */
  readonly countsFailed: boolean;
  /**
   * The same for a shown patch or pooling; null until they are counted, and while the whole case is shown.
   */
  readonly shownVoxels: readonly (readonly number[])[] | null;
  /** The target path in use, and why. */
  readonly path: PathName | null;
  readonly pathReason: string | null;
  /** Verification of the packed targets against `per-channel`; null before it has run. */
  readonly verified: { readonly mismatches: number; readonly extent: VerifiedExtent } | null;
  /** Results on the grid of the case that is not shown, while they are valid. */
  readonly onOtherGrid: GridResults | null;
  /** Number of running computations. */
  readonly busy: number;
}

/** Results on one grid of a case. */
interface GridResults
  extends Pick<GpuSlice, "regionVoxels" | "verified" | "path" | "pathReason">,
    Pick<SurvivalSlice, "survivalResult" | "componentShares"> {
  readonly source: Source;
}

/** Results that are invalid once the targets change. */
export const OUTDATED = {
  regionVoxels: null,
  shownVoxels: null,
  verified: null,
  countsFailed: false,
  onOtherGrid: null,
} as const;

/** Reset when another case opens. */
export const PER_CASE = { ...OUTDATED, path: null, pathReason: null } as const;

export const DEFAULTS: GpuSlice = {
  ...PER_CASE,
  gpu: { status: "starting" },
  gpuTries: 0,
  cpuCounting: null,
  busy: 0,
};
