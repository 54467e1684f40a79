/**
 * Checks that the project "default limits" really runs with default limits, in the page and in its workers.
 */
import { readFile } from "node:fs/promises";
import type { BenchmarkResult } from "../src/benchmark/result.ts";
import { DEFAULT_LIMITS } from "../tools/simulated/default-gpu.ts";
import { goto, idle, openSample, problem } from "./support/app.ts";
import { expect, test } from "./support/test.ts";
import { openTiming } from "./support/timing.ts";

test("a device has the limits that WebGPU promises, and no features", async ({ page }) => {
  await goto(page);
  const device = await page.evaluate(async (names) => {
    const adapter = await navigator.gpu.requestAdapter();
    if (!adapter) throw new Error("There is no adapter.");
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    const requiredLimits = { maxBufferSize, maxStorageBufferBindingSize };
    const requiredFeatures: GPUFeatureName[] = adapter.features.has("timestamp-query")
      ? ["timestamp-query"]
      : [];
    const made = await adapter.requestDevice({ requiredLimits, requiredFeatures });
    const limits = Object.fromEntries(
      names.map((name): [string, unknown] => [name, Reflect.get(made.limits, name)]),
    );
    return { limits, hasStamps: made.features.has("timestamp-query") };
  }, Object.keys(DEFAULT_LIMITS));
  expect(device).toEqual({ limits: DEFAULT_LIMITS, hasStamps: false });
});

test("the benchmark worker's device has the same limits", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const panel = await openTiming(page);
  await panel.getByRole("spinbutton", { name: /repeats/i }).fill("1");
  await panel.getByRole("button", { name: "Run comparison" }).click();
  await idle(page);
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export timing as JSON" }).click();
  const path = await (await waiting).path();
  const { comparison: benchmark } = JSON.parse(await readFile(path, "utf8")) as {
    comparison: BenchmarkResult;
  };
  // Without the feature, the GPU has no timestamps.
  expect(benchmark.clock).toBe("wall");
  expect(benchmark.verified).toEqual({ "bit-packed": { mismatches: 0 }, "label-first": { mismatches: 0 } });
});

test("data that no binding holds gives one sentence, and neither a count nor a finding", async ({ page }) => {
  // An impossibly small limit, in place of a region table of hundreds of megabytes.
  await page.addInitScript(() => {
    const limits = Object.getOwnPropertyDescriptor(GPUDevice.prototype, "limits")?.get;
    if (!limits) throw new Error("A device has no limits.");
    Object.defineProperty(GPUDevice.prototype, "limits", {
      get(this: GPUDevice) {
        const own = limits.call(this) as GPUSupportedLimits;
        return new Proxy(own, {
          get: (target, name) =>
            name === "maxStorageBufferBindingSize" ? 1100 : (Reflect.get(target, name) as unknown),
        });
      },
    });
  });
  await openSample(page, "abdomen-organs");
  await expect(problem(page)).toHaveText(
    /The case could not be uploaded to the GPU: [a-z ]+ needs \d+ bytes and this GPU allows 1100 in one binding\./,
  );
  await expect(page.locator(".grid-row").first()).toBeVisible();
  await expect(page.locator(".tile-count, .tile-state")).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Findings" })).not.toContainText(/no voxels|vanish/i);
});
