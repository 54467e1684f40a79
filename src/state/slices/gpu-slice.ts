import type { StateCreator } from "zustand";
import type { AdapterSummary } from "../../base/adapter.ts";
import type { PathName } from "../../benchmark/result.ts";
import type { Compared } from "../../domain/targets/compared.ts";
import type { AppState } from "../app-state.ts";

export type GpuUnavailableReason =
  | "no-webgpu"
  /** The page is neither on https nor on localhost. */
  | "insecure"
  | "no-adapter"
  /** There was an adapter, and the browser offers none any more. */
  | "switched-off"
  | "no-device";

export type GpuStatus =
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

  gpuReady(adapter: AdapterSummary): void;
  gpuUnavailable(reason: GpuUnavailableReason, sentence: string): void;
  gpuRecovering(): void;
  gpuAskedAgain(): void;
  cpuCountingProgressed(fraction: number | null): void;
  pathChosen(path: PathName, reason: string): void;
  /**
   * The GPU failed at something and nobody knows at what: counts that were made on it are not known any more.
   */
  gpuErrorRaised(sentence: string): void;
  /** What was to be counted is not, and will not be. */
  countingFailed(): void;
  countsArrived(regionVoxels: readonly (readonly number[])[]): void;
  shownCountsArrived(shownVoxels: readonly (readonly number[])[]): void;
  verifiedArrived(mismatches: number, compared: Compared): void;
  workStarted(): void;
  workEnded(): void;
}

export const createGpuSlice: StateCreator<AppState, [], [], GpuSlice> = (set) => ({
  gpu: { status: "starting" },
  gpuTries: 0,
  cpuCounting: null,
  regionVoxels: null,
  countsFailed: false,
  shownVoxels: null,
  path: null,
  pathReason: null,
  verified: null,
  busy: 0,

  gpuReady: (adapter) => set({ gpu: { status: "ready", adapter }, gpuTries: 0 }),
  gpuUnavailable: (reason, sentence) => set({ gpu: { status: "unavailable", reason, sentence } }),
  gpuRecovering: () => set({ gpu: { status: "recovering" } }),
  gpuAskedAgain: () => set((s) => ({ gpuTries: s.gpuTries + 1 })),
  cpuCountingProgressed: (cpuCounting) => set({ cpuCounting }),
  pathChosen: (path, pathReason) => set({ path, pathReason }),
  gpuErrorRaised: (sentence) =>
    set({
      regionVoxels: null,
      shownVoxels: null,
      verified: null,
      countsFailed: true,
      problem: `${sentence} What was counted on it is not known any more: open the case again.`,
    }),
  countingFailed: () => set({ countsFailed: true }),
  countsArrived: (regionVoxels) => set({ regionVoxels, countsFailed: false }),
  shownCountsArrived: (shownVoxels) => set({ shownVoxels }),
  verifiedArrived: (mismatches, compared) => set({ verified: { mismatches, compared } }),
  workStarted: () => set((s) => ({ busy: s.busy + 1 })),
  workEnded: () => set((s) => ({ busy: Math.max(0, s.busy - 1) })),
});
