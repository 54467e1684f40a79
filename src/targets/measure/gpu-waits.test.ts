/** How waits for the GPU are measured, with and without nudges. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { quartiles } from "../../base/statistics.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { GpuWaits } from "./gpu-waits.ts";

/**
 * Advances time only where something waits for it, so that the machine's load does not count as the device's.
 */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function simulated<T>(work: Promise<T>): Promise<T> {
  let isDone = false;
  const result = work.finally(() => {
    isDone = true;
  });
  while (!isDone) await vi.advanceTimersToNextTimerAsync();
  return result;
}

/**
 * A device that finishes work at once but reports it only at the next look: `lookMs` later, and at each
 * submission.
 */
function lookingGpu(lookMs: number) {
  let nextLook = () => lookMs;
  let waiting: (() => void)[] = [];
  let nudges = 0;
  const look = () => {
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const onSubmittedWorkDone = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      setTimeout(look, nextLook());
    });
  const nudge = () => {
    nudges++;
    look();
  };
  const gpu = { device: { queue: { onSubmittedWorkDone } }, submit: () => undefined, nudge };
  return {
    gpu: gpu as unknown as Gpu,
    nudges: () => nudges,
    lookAfter: (ms: () => number) => {
      nextLook = ms;
    },
  };
}

test("if the browser polls for finished work every 100 ms, empty submissions shorten the wait", async () => {
  const { gpu } = lookingGpu(100);
  const waits = await simulated(GpuWaits.measure(gpu));
  expect(waits.nudges).toBe(true);
  expect(waits.roundTripMs).toBeLessThan(50);
  const start = performance.now();
  await simulated(waits.idle());
  expect(performance.now() - start).toBeLessThan(80);
});

test("if the browser answers at once, nothing is submitted beside the measured work", async () => {
  const { gpu, nudges } = lookingGpu(1);
  const waits = await simulated(GpuWaits.measure(gpu));
  expect(waits.nudges).toBe(false);
  await simulated(waits.idle());
  expect(nudges()).toBe(0);
});

test("waits that grow during the benchmark are not counted as work", async () => {
  const { gpu, lookAfter } = lookingGpu(1);
  const waits = await simulated(GpuWaits.measure(gpu));
  lookAfter(() => 15);
  const spans: number[] = [];
  for (let i = 0; i < 5; i++) spans.push((await simulated(waits.timed(() => undefined))).spanMs);
  expect(Math.abs(quartiles(spans).median)).toBeLessThan(5);
});

test("changes in how much waits differ are followed, too", async () => {
  const { gpu, lookAfter } = lookingGpu(1);
  const waits = await simulated(GpuWaits.measure(gpu));
  expect(waits.spreadMs).toBeLessThan(5);
  let count = 0;
  lookAfter(() => (count++ % 2 ? 1 : 15));
  for (let i = 0; i < 10; i++) await simulated(waits.timed(() => undefined));
  expect(waits.spreadMs).toBeGreaterThan(8);
});
