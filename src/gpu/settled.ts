import type { Gpu } from "./gpu.ts";

/** Resolves when the GPU has done everything submitted so far. For measuring and for the idle signal; never awaited in a frame. */
export function settled(gpu: Gpu): Promise<void> {
  return gpu.device.queue.onSubmittedWorkDone();
}
