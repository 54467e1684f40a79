/** How long an empty wait for the GPU takes in this browser, and the fastest way to wait. */
import type { Gpu } from "../gpu/gpu.ts";
import { nudged, settled } from "../gpu/settled.ts";

/** Empty waits that are measured, after one to warm up. */
const TRIES = 9;

/** Waits this long are no answer from a GPU but a browser that looks for one now and then. */
const SLOW_MS = 20;

export class GpuWaits {
  private constructor(
    readonly gpu: Gpu,
    /** Whether waits are shortened by empty submissions. */
    readonly nudges: boolean,
    /** Median of an empty wait, in milliseconds. */
    readonly roundTripMs: number,
    /** By how much an empty wait may be longer or shorter than that: half of them are within. */
    readonly spreadMs: number,
  ) {}

  static async measure(gpu: Gpu): Promise<GpuWaits> {
    const plain = await emptyWaits(() => settled(gpu), gpu);
    if (plain.median < SLOW_MS) return new GpuWaits(gpu, false, plain.median, plain.spread);
    const shortened = await emptyWaits(() => nudged(gpu, settled(gpu)), gpu);
    const better = shortened.median < plain.median / 2;
    const { median, spread } = better ? shortened : plain;
    return new GpuWaits(gpu, better, median, spread);
  }

  settled(): Promise<void> {
    return this.around(settled(this.gpu));
  }

  /** Waits for something that the GPU answers, e.g. a mapped buffer. */
  around<T>(waiting: Promise<T>): Promise<T> {
    return this.nudges ? nudged(this.gpu, waiting) : waiting;
  }
}

async function emptyWaits(
  wait: () => Promise<void>,
  gpu: Gpu,
): Promise<{ readonly median: number; readonly spread: number }> {
  const times: number[] = [];
  for (let i = 0; i <= TRIES; i++) {
    const start = performance.now();
    gpu.submit("empty wait", () => undefined);
    await wait();
    times.push(performance.now() - start);
  }
  // The first one may wait for what was submitted before.
  const sorted = times.slice(1).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { median: at(0.5), spread: at(0.75) - at(0.25) };
}
