/** Runs a benchmark in the Timing panel and checks its figures. */
import { readFile } from "node:fs/promises";
import type { BenchmarkResult } from "../../src/benchmark/result.ts";
import { idle } from "./app.ts";
import { expect, type Locator, type Page } from "./test.ts";

/** Saves a file with a button of the page and returns its text. */
export async function download(page: Page, button: string): Promise<string> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const path = await (await waiting).path();
  return readFile(path, "utf8");
}

/** Opens the Timing panel, which starts closed. */
export async function openTiming(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Show timing", pressed: false }).click();
  const panel = page.getByRole("region", { name: "Timing" });
  await expect(panel.getByRole("spinbutton", { name: /repeats/i })).toBeVisible();
  return panel;
}

/** Runs the benchmark of the open case, with three repeats. */
export async function benchmarkInPanel(page: Page): Promise<{ panel: Locator; benchmark: BenchmarkResult }> {
  const panel = await openTiming(page);
  await expect(panel.getByRole("table", { name: "Times of the paths" })).toHaveCount(0);
  await panel.getByRole("spinbutton", { name: /repeats/i }).fill("3");
  await panel.getByRole("button", { name: "Run comparison" }).click();
  await idle(page);
  await expect(panel.getByRole("table", { name: "Times of the paths" })).toBeVisible();
  const exported = JSON.parse(await download(page, "Export timing as JSON")) as {
    comparison: BenchmarkResult;
  };
  return { panel, benchmark: exported.comparison };
}

/**
 * Checks that the panel shows the numbers that it exports, verified bit for bit, for the sample of 25
 * regions.
 */
export async function expectSameNumbers(
  page: Page,
  panel: Locator,
  benchmark: BenchmarkResult,
): Promise<void> {
  expect(benchmark.verified).toEqual({ "bit-packed": { mismatches: 0 }, "label-first": { mismatches: 0 } });
  expect(benchmark.repeats).toBe(3);
  const shown = await panel
    .locator("data")
    .evaluateAll((elements) => elements.map((element) => Number(element.getAttribute("value"))));
  for (const timing of Object.values(benchmark.paths)) {
    expect(shown).toContain(timing.loaderMs.median);
    expect(shown).toContain(timing.totalMs.median);
    expect(shown).toContain(timing.uploadBytes);
    for (const stage of Object.values(timing.stages)) expect(shown).toContain(stage.median);
  }
  const { cpu } = benchmark;
  expect(cpu?.convertMs.median).toBeGreaterThan(0);
  expect(cpu?.downsampleMs.median).toBeGreaterThan(0);
  expect(shown).toContain(cpu?.loaderMs.median);
  const limit = benchmark.limits.trafficMs["label-first"]?.decode;
  expect(shown).toContain(limit);
  // 25 masks of a byte, one word of four bytes, one index; voxels padded to 16.
  const voxels = 112 * 101 * 122;
  const bytes = Object.fromEntries(Object.entries(benchmark.paths).map(([name, t]) => [name, t.uploadBytes]));
  expect(bytes["label-first"]).toBe(voxels * benchmark.workload.batch);
  expect(bytes["per-channel"]).toBeGreaterThanOrEqual(25 * voxels * benchmark.workload.batch);
  expect((await download(page, "Export timing as CSV")).split("\n").length).toBeGreaterThan(12);
  expect(await download(page, "Export timing as Markdown")).toContain("label-first");
}
