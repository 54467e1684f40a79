/** Waits for the GPU. */
import type { Gpu } from "./gpu.ts";

/**
 * Resolves when the GPU has finished everything submitted so far. For measurements and the idle signal; never
 * awaited in a frame.
 */
export function gpuIdle(gpu: Gpu): Promise<void> {
  return gpu.device.queue.onSubmittedWorkDone();
}

/** Interval between nudges, in milliseconds. */
const NUDGE_MS = 1;

/**
 * Waits for the GPU while submitting empty work repeatedly. Firefox polls for finished work only every 100
 * ms, but also on every submission.
 */
export async function nudged<T>(gpu: Gpu, waiting: Promise<T>): Promise<T> {
  const timer = setInterval(() => gpu.nudge(), NUDGE_MS);
  try {
    return await waiting;
  } finally {
    clearInterval(timer);
  }
}
