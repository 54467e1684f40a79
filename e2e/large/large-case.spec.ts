/**
 * Opens a case of 512 × 512 × 600 voxels with 73 regions, shows and counts it at all scales, compares and
 * reports it, within 2 GiB on the GPU in buffers of at most 1 GiB, and within 1.5 GiB of scripts and arrays.
 * Repeats all but the report on a device with the default WebGPU limits: 128 MiB a binding. Prints every
 * figure.
 */
import { readFile } from "node:fs/promises";
import { plural } from "../../src/base/format-numbers.ts";
import type { BenchmarkResult } from "../../src/benchmark/result.ts";
import type { Report } from "../../src/domain/report/report.ts";
import { DEFAULT_LIMITS } from "../../tools/simulated/default-gpu.ts";
import { goto, grid, idle, probedVoxel } from "../support/app.ts";
import { canvasPixels, differingPixels, type Picture } from "../support/pixels.ts";
import { clickPane } from "../support/planes.ts";
import { expect, type Page, test } from "../support/test.ts";
import { openTiming } from "../support/timing.ts";
import { type MemoryPeaks, MemoryWatch } from "./memory-watch.ts";
import { type RepeatedCase, repeatedCase, SHAPE } from "./repeated-case.ts";

const GIB = 2 ** 30;
const MAX_GPU_BYTES = 2 * GIB;
const MAX_BUFFER_BYTES = GIB;
const MAX_ARRAY_BYTES = 1.5 * GIB;

/** The same strides as in the sample's plans. */
const STRIDES = [
  [1, 1, 1],
  [2, 2, 2],
  [2, 2, 2],
  [2, 2, 2],
  [2, 2, 2],
] as const;
const VOXELS = SHAPE[0] * SHAPE[1] * SHAPE[2];

const begun = performance.now();
function print(what: string, ...figures: string[]): void {
  const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${[what, ...figures].join("; ")}`);
}

const mib = (bytes: number | null) => (bytes === null ? "unknown" : `${Math.round(bytes / 2 ** 20)} MiB`);

/** Checks the peaks since the last step against their limits. */
async function checkMemory(page: Page, watch: MemoryWatch, step: string): Promise<void> {
  const peaks: MemoryPeaks = watch.take();
  const gpu = await page.evaluate(() => window.regionscope?.gpuPeak());
  if (!gpu) throw new Error("The page says nothing about its GPU.");
  print(
    step,
    `renderer processes ${mib(peaks.rendererBytes)}`,
    `page's own heap ${mib(peaks.pageHeapBytes)} and arrays ${mib(peaks.pageArrayBytes)}`,
    `GPU buffers: page ${mib(gpu.page)}, benchmarks ${mib(gpu.benchmarks)}, largest ${mib(gpu.largestBuffer)}`,
    `GPU process ${mib(peaks.gpuProcessBytes)}`,
  );
  expect(gpu.page).toBeGreaterThanOrEqual(VOXELS);
  expect(gpu.page + gpu.benchmarks, `${step}: GPU`).toBeLessThanOrEqual(MAX_GPU_BYTES);
  expect(gpu.largestBuffer, `${step}: largest buffer`).toBeLessThanOrEqual(MAX_BUFFER_BYTES);
  // A sanity check of the measurement: the page's thread holds at least the volume's indices.
  expect(peaks.pageArrayBytes).toBeGreaterThanOrEqual(VOXELS);
  const bound = peaks.rendererBytes ?? peaks.pageHeapBytes + peaks.pageArrayBytes;
  expect(bound, `${step}: scripts and arrays`).toBeLessThanOrEqual(MAX_ARRAY_BYTES);
}

async function download<T>(page: Page, button: string): Promise<T> {
  const waiting = page.waitForEvent("download", { timeout: 0 });
  await page.getByRole("button", { name: button }).click();
  return JSON.parse(await readFile(await (await waiting).path(), "utf8")) as T;
}

interface Expected {
  readonly large: RepeatedCase;
  /** `[scale][region]` */
  readonly counts: readonly (readonly number[])[];
}

/** Written and recounted once, for both tests. */
let prepared: Promise<Expected> | null = null;

function expectedCase(): Promise<Expected> {
  prepared ??= repeatedCase().then((large) => {
    const counts = large.recount(STRIDES, "nearest-exact");
    print(`the case is written, and recounted at ${counts.length} scales`);
    return { large, counts };
  });
  return prepared;
}

async function open(page: Page, { large }: Expected): Promise<void> {
  await page
    .getByLabel("Open files", { exact: true })
    .and(page.locator("input"))
    .setInputFiles([...large.files]);
  await idle(page);
}

/**
 * Shows Planes and 3D with the axial slice near the top: in a volume of several slabs, it is cut from the
 * last slab, and the other planes from all of them.
 */
async function planes(page: Page): Promise<Picture> {
  await page.keyboard.press("4");
  await idle(page);
  await clickPane(page, "Coronal", 0.5, 0.1);
  const [slice = 0] = await probedVoxel(page);
  print("planes and 3D", `axial slice ${slice}`);
  expect(slice).toBeGreaterThan((128 << 20) / (SHAPE[1] * SHAPE[2]));
  const picture = await canvasPixels(page);
  await page.keyboard.press("g");
  await idle(page);
  return picture;
}

/** The picture from a device with all of its adapter's limits; null before the first test. */
let pictured: Picture | null = null;

/** The text of every grid row's scales, in order, gathered while scrolling down from the top. */
async function shownCounts(page: Page, rows: number): Promise<string[][]> {
  const shown = new Map<number, string[]>();
  for (let top = 0; shown.size < rows && top < 100_000; top += 300) {
    await grid(page).evaluate((element, y) => element.scrollTo({ top: y }), top);
    await idle(page);
    const inView = await page
      .locator(".grid-row")
      .evaluateAll((elements) =>
        elements.map((element): [number, string[]] => [
          Number.parseFloat((element as HTMLElement).style.top),
          [...element.querySelectorAll(".tile-count, .tile-state")].map(
            ({ textContent }) => textContent ?? "",
          ),
        ]),
      );
    for (const [y, allText] of inView) shown.set(y, allText);
  }
  return [...shown].sort(([a], [b]) => a - b).map(([, allText]) => allText);
}

test("a case of 157 million voxels with 73 regions stays within its limits", async ({ page, browser }) => {
  const made = await expectedCase();
  const { large, counts: expected } = made;
  await goto(page);
  const watch = await MemoryWatch.start(browser, page);
  print("the empty page", `renderer processes ${mib(watch.take().rendererBytes)}`);

  await open(page, made);
  await expect(page.locator(".column-head")).toHaveText(
    [SHAPE, [300, 256, 256], [150, 128, 128], [75, 64, 64]].map((shape) => new RegExp(shape.join("×"))),
  );
  for (const region of [0, 1, 2]) {
    const row = grid(page).locator(".grid-row").nth(region);
    const counts = expected.map((scale) => plural(scale[region] ?? 0, "voxel"));
    await expect(row.locator(".tile-count")).toHaveText(counts);
  }
  await checkMemory(page, watch, "opened, drawn and counted");
  pictured = await planes(page);
  await checkMemory(page, watch, "planes and 3D drawn");

  await page.getByRole("radio", { name: "bit-packed" }).click();
  await expect(page.getByRole("alert").first()).toContainText("73 channels take 2.01 GiB");
  await idle(page);
  await expect(page.getByRole("radio", { name: "label-first" })).toBeChecked();
  await checkMemory(page, watch, "words refused, labels drawn");

  // Only a training patch is small enough to have words.
  await grid(page).press("l");
  await idle(page);
  await page.getByRole("radio", { name: "bit-packed" }).click();
  await idle(page);
  await expect(page.getByRole("radio", { name: "bit-packed" })).toBeChecked();
  await checkMemory(page, watch, "words of a patch drawn");
  await page.getByRole("radio", { name: "label-first" }).click();
  await grid(page).press("l");
  await idle(page);

  const panel = await openTiming(page);
  const memory = panel.getByRole("table", { name: "Memory use" });
  await expect(memory.getByRole("row", { name: "one patch, RAM" })).toContainText("10.7 GiB");
  await expect(memory.getByRole("row", { name: "run, GPU" })).toContainText("off");
  await expect(panel.getByText("per-channel is not available.")).toBeVisible();
  print(
    "memory of the paths",
    ...(await memory.getByRole("row").allInnerTexts()).map((t) => t.replace(/\s+/g, " ")),
  );
  // The report below verifies bytes, slab by slab; comparing bits takes an eighth of the time.
  await panel.getByRole("radio", { name: "1 bit per target voxel" }).click();
  await panel.getByRole("spinbutton", { name: /repeats/i }).fill("1");
  await panel.getByRole("spinbutton", { name: /batch/i }).fill("1");
  await panel.getByRole("button", { name: "Run comparison" }).click();
  await idle(page);
  await expect(panel.getByRole("alert")).toContainText("per-channel was not measured");
  const { comparison: benchmark } = await download<{ comparison: BenchmarkResult }>(
    page,
    "Export timing as JSON",
  );
  expect(Object.keys(benchmark.paths)).toEqual(["bit-packed", "label-first"]);
  expect(benchmark.skipped).toMatchObject([{ path: "per-channel", reason: /10\.7 GiB of arrays/ }]);
  expect(benchmark.verified).toEqual({ "label-first": { mismatches: 0 } });
  for (const [path, t] of Object.entries(benchmark.paths)) {
    print(
      path,
      `total ${Math.round(t.totalMs.median)} ms`,
      `uploaded ${mib(t.uploadBytes)}`,
      `peak: GPU ${mib(t.peakGpuBytes)}, arrays ${mib(t.peakArrayBytes)}`,
    );
  }
  await checkMemory(page, watch, "two paths compared");

  const report = await download<Report>(page, "Export report");
  expect(report.path).toBe("label-first");
  expect(report.regions.map(({ name }) => name)).toEqual(large.regions);
  expect(report.scales.map(({ regionVoxels }) => regionVoxels)).toEqual(expected);
  expect(report.verified).toMatchObject({ against: "per-channel", mismatches: 0, of: 73 });
  expect(report.verified?.sample?.ofTargetVoxels).toBe(targetVoxels(report));
  const full = await page.evaluate(() => window.regionscope?.reportInFull());
  expect(full?.verified).toEqual({ against: "per-channel", mismatches: 0, channels: 73, of: 73 });
  expect(full?.scales.map(({ regionVoxels }) => regionVoxels)).toEqual(expected);
  expect(report.survivalLeftOut).toContain("157 million voxels times 73 regions");
  await checkMemory(page, watch, "reported");
  watch.stop();
});

test.describe("on a device with the default limits", () => {
  test.use({ defaultGpu: true });

  test("the same case is counted, drawn and compared as on any other", async ({ page }) => {
    const made = await expectedCase();
    const { large, counts } = made;
    await goto(page);
    await open(page, made);
    await expect(page.getByRole("alert")).toHaveCount(0);
    const shown = await shownCounts(page, large.regions.length);
    print("opened, drawn and counted with the default limits");
    expect(shown).toEqual(
      large.regions.map((_, region) =>
        counts.map((scale) => {
          const voxels = scale[region] ?? 0;
          return voxels > 0 ? plural(voxels, "voxel") : expect.not.stringMatching(/\d.* voxel/);
        }),
      ),
    );
    const picture = await planes(page);
    if (pictured) {
      const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
      expect(differingPixels(pictured, picture, whole)).toBe(0);
    }

    const panel = await openTiming(page);
    await panel.getByRole("radio", { name: "1 bit per target voxel" }).click();
    await panel.getByRole("spinbutton", { name: /repeats/i }).fill("1");
    await panel.getByRole("spinbutton", { name: /batch/i }).fill("1");
    await panel.getByRole("button", { name: "Run comparison" }).click();
    await idle(page);
    const { comparison: benchmark } = await download<{ comparison: BenchmarkResult }>(
      page,
      "Export timing as JSON",
    );
    expect(benchmark.clock).toBe("wall");
    expect(benchmark.verified).toEqual({ "label-first": { mismatches: 0 } });
    const gpu = await page.evaluate(() => window.regionscope?.gpuPeak());
    print("two paths compared with the default limits", `largest buffer ${mib(gpu?.largestBuffer ?? null)}`);
    expect(gpu?.largestBuffer).toBeLessThanOrEqual(DEFAULT_LIMITS.maxStorageBufferBindingSize);
  });
});

function targetVoxels({ scales, regions }: Report): number {
  return regions.length * scales.reduce((sum, { shape: [z, y, x] }) => sum + z * y * x, 0);
}
