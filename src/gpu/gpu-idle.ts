import type { Gpu } from "./gpu.ts";

/**
 * Resolves when the GPU has done everything submitted so far. For measuring and for the idle signal; never
 * awaited in a frame.
 */
export function gpuIdle(gpu: Gpu): Promise<void> {
  return gpu.device.queue.onSubmittedWorkDone();
}

/** Milliseconds between two nudges. */
const NUDGE_MS = 1;

/**
 * A wait for the GPU during which empty work is submitted again and again: Firefox looks for finished work
 * only every 100 ms, but also whenever something is submitted.
 */
export async function nudged<T>(gpu: Gpu, waiting: Promise<T>): Promise<T> {
  const timer = setInterval(() => gpu.nudge(), NUDGE_MS);
  try {
    return await waiting;
  } finally {
    clearInterval(timer);
  }
}
