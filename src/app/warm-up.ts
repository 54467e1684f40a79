/** Builds, while nobody waits, the pipelines that every opening needs. */
import type { Gpu } from "../gpu/gpu.ts";
import { kernels } from "../paths/kernels.ts";
import { useStore } from "../state/store.ts";
import { GridViewer } from "../viewers/grid-viewer.ts";
import { packImageKernel, resampleImageKernel } from "../viewers/image-kernels.ts";

export function warmUp(gpu: Gpu): void {
  const store = useStore.getState();
  store.workStarted();
  const compute = [kernels.countPalette[8], packImageKernel, resampleImageKernel];
  Promise.all([GridViewer.prepare(gpu), ...compute.map((kernel) => gpu.computePipeline(kernel))])
    // Whoever needs the pipeline asks again, and tells what is wrong.
    .catch(() => undefined)
    .finally(() => store.workEnded())
    .catch(() => undefined);
}
