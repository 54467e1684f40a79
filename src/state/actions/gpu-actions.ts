/** Actions for what the GPU reports, or the CPU in its place. */
import type { AdapterSummary } from "../../base/adapter.ts";
import type { PathName } from "../../domain/targets/target-paths.ts";
import type { VerifiedExtent } from "../../domain/targets/verified-extent.ts";
import type { GpuUnavailableReason } from "../slices/gpu-slice.ts";
import { useStore } from "../store.ts";

export function gpuReady(adapter: AdapterSummary): void {
  useStore.setState({ gpu: { status: "ready", adapter }, gpuTries: 0 });
}

export function gpuUnavailable(reason: GpuUnavailableReason, sentence: string): void {
  useStore.setState({ gpu: { status: "unavailable", reason, sentence } });
}

export function gpuRecovering(): void {
  useStore.setState({ gpu: { status: "recovering" } });
}

export function gpuAskedAgain(): void {
  useStore.setState((s) => ({ gpuTries: s.gpuTries + 1 }));
}

export function cpuCountingProgressed(cpuCounting: number | null): void {
  useStore.setState({ cpuCounting });
}

export function pathChosen(path: PathName, pathReason: string): void {
  useStore.setState({ path, pathReason });
}

/** Handles a GPU error of unknown origin: all counts made on the GPU become invalid. */
export function showGpuError(sentence: string): void {
  useStore.setState({
    regionVoxels: null,
    shownVoxels: null,
    verified: null,
    onOtherGrid: null,
    countsFailed: true,
    problem: `${sentence} What was counted on it is not known any more: open the case again.`,
    isFileRefused: false,
    isAboutB: false,
  });
}

/** Records that the pending counts will never arrive. */
export function countingFailed(): void {
  useStore.setState({ countsFailed: true });
}

export function countsArrived(regionVoxels: readonly (readonly number[])[]): void {
  useStore.setState({ regionVoxels, countsFailed: false });
}

export function shownCountsArrived(shownVoxels: readonly (readonly number[])[]): void {
  useStore.setState({ shownVoxels });
}

export function verifiedArrived(mismatches: number, extent: VerifiedExtent): void {
  useStore.setState({ verified: { mismatches, extent } });
}

export function workStarted(): void {
  useStore.setState((s) => ({ busy: s.busy + 1 }));
}

export function workEnded(): void {
  useStore.setState((s) => ({ busy: Math.max(0, s.busy - 1) }));
}
