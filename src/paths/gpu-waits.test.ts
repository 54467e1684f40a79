import { expect, test } from "vitest";
import { summarise } from "../gpu/acquire.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { GpuWaits } from "./gpu-waits.ts";

/** A device that is done with its work at once, and says so at the next look: one every `lookMs`, and one at each submission. */
function lookingGpu(lookMs: number): { readonly gpu: Gpu; readonly nudges: () => number } {
  let waiting: (() => void)[] = [];
  let nudges = 0;
  const look = () => {
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const onSubmittedWorkDone = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      setTimeout(look, lookMs);
    });
  const nudge = () => {
    nudges++;
    look();
  };
  const gpu = { device: { queue: { onSubmittedWorkDone } }, submit: () => undefined, nudge };
  return { gpu: gpu as unknown as Gpu, nudges: () => nudges };
}

test("where the browser looks for finished work every 100 ms, empty submissions shorten the wait", async () => {
  const { gpu } = lookingGpu(100);
  const waits = await GpuWaits.measure(gpu);
  expect(waits.nudges).toBe(true);
  expect(waits.roundTripMs).toBeLessThan(50);
  const start = performance.now();
  await waits.settled();
  expect(performance.now() - start).toBeLessThan(80);
});

test("where it answers at once, nothing is submitted beside what is measured", async () => {
  const { gpu, nudges } = lookingGpu(1);
  const waits = await GpuWaits.measure(gpu);
  expect(waits.nudges).toBe(false);
  await waits.settled();
  expect(nudges()).toBe(0);
});

test("an adapter that tells nothing of itself, or has no info at all, has no name", () => {
  const nameless = { vendor: "", architecture: "", description: "", software: false };
  expect(summarise(undefined)).toEqual(nameless);
  expect(summarise({ vendor: "", architecture: "", device: "", description: "" })).toEqual(nameless);
  expect(summarise({ vendor: "google", architecture: "swiftshader" }).software).toBe(true);
  expect(summarise({ vendor: "acme", isFallbackAdapter: true }).software).toBe(true);
});
