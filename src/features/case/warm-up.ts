/** Builds the pipelines that every opening needs while the page is idle. */
import { busyWhile } from "../../app/busy.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { makeColors } from "../../domain/colors/region-colors.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { kernels } from "../../targets/core/kernels.ts";
import { GridViewer } from "../../viewers/grid/grid-viewer.ts";
import { packImageKernel, resampleImageKernel } from "../../viewers/shared/image-kernels.ts";

/** Longest step on the page's thread. */
const SLICE_MS = 4;

/** Computes the colours of regions in idle time, a few at a time. Returns a function that cancels it. */
export function warmUpColors(): () => void {
  const abort = new AbortController();
  const whenIdle = () => new Promise<unknown>((resolve) => requestIdleCallback(resolve));
  whenIdle()
    .then(() => inTimeSlices(makeColors(), { signal: abort.signal, sliceMs: SLICE_MS, pause: whenIdle }))
    .catch(() => undefined);
  return () => abort.abort();
}

export function warmUp(gpu: Gpu): void {
  const compute = [kernels.countPalette[8], packImageKernel, resampleImageKernel];
  const build = () =>
    Promise.all([GridViewer.prepare(gpu), ...compute.map((kernel) => gpu.computePipeline(kernel))]);
  // The code that needs the pipeline requests it again and reports the failure.
  busyWhile(build).catch(() => undefined);
}
