/** Saves the printable report and the new parts of the JSON as a user would, and checks both. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Report } from "../src/domain/report/report.ts";
import { file, idle, openFiles, openSample } from "./support/app.ts";
import { type Download, expect, type Page, test } from "./support/test.ts";

async function saved(page: Page, button: string): Promise<Download> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  return download;
}

async function savedAs(page: Page, button: string, path: string): Promise<string> {
  const download = await saved(page, button);
  await download.saveAs(path);
  return download.suggestedFilename();
}

test("the printable report is one file with text and pictures of every region", async ({
  page,
  context,
}, info) => {
  await openSample(page, "abdomen-regions");
  const path = info.outputPath("report.html");
  expect(await savedAs(page, "Printable report", path)).toBe("regionscope-abdomen_001.html");
  await idle(page);

  const text = readFileSync(path, "utf8");
  expect(text).not.toMatch(/<script|<link|src="(?!data:)|url\(/);
  const paper = await context.newPage();
  const errors: string[] = [];
  paper.on("pageerror", (error) => errors.push(error.message));
  paper.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await paper.goto(pathToFileURL(path).href);

  const names = Object.keys(
    JSON.parse(
      readFileSync(
        new URL("../public/samples/Dataset901_AbdomenRegions/dataset.json", import.meta.url),
        "utf8",
      ),
    ).labels,
  ).filter((name) => name !== "background");
  expect(names).toHaveLength(25);
  const table = paper.getByRole("table").filter({ hasText: "mL" });
  for (const name of names) await expect(table.getByRole("rowheader", { name, exact: true })).toHaveCount(1);
  const allText = (await paper.locator("body").textContent()) ?? "";
  expect(allText).toContain("60,703");
  expect(allText).toContain("no voxel");
  expect(allText).toContain("All 25 labels are reproduced");

  const images = paper.getByRole("img");
  expect(await images.count()).toBeGreaterThanOrEqual(25);
  const blank = await images.evaluateAll(
    (all) =>
      all.filter((img) => !(img instanceof HTMLImageElement && img.complete && img.naturalWidth > 50)).length,
  );
  expect(blank).toBe(0);
  expect(errors).toEqual([]);
});

test("rendering the pictures does not block the page", { tag: "@alone" }, async ({ page }) => {
  await openSample(page, "abdomen-regions");
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((e) => e.duration))).observe({
      type: "longtask",
    });
  });
  await saved(page, "Printable report");
  const longest = await page.evaluate(() =>
    Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks),
  );
  console.log(`longest task while the report was made: ${Math.round(longest)} ms`);
  // The page makes the pictures in time slices of 20 ms; a busy machine stretches them.
  expect(longest).toBeLessThan(500);
});

test("names are shown as text, whatever characters they contain", async ({ page, context }, info) => {
  await openSample(page, "spine-regions");
  const name = `<img src=x onerror="document.title='broken'"> & 'co'`;
  const definition = {
    labels: { background: 0, [name]: [1, 2, 3], rest: [4, 5] },
    regions_class_order: [1, 4],
    channel_names: { 0: "MR" },
    numTraining: 1,
    file_ending: ".nii.gz",
  };
  await openFiles(page, [file("dataset.json", JSON.stringify(definition))]);
  const path = info.outputPath("report.html");
  await savedAs(page, "Printable report", path);
  const paper = await context.newPage();
  await paper.goto(pathToFileURL(path).href);
  const table = paper.getByRole("table").filter({ hasText: "mL" });
  await expect(table.getByRole("rowheader", { name, exact: true })).toHaveCount(1);
  expect(await paper.title()).not.toBe("broken");
  await expect(paper.locator('img[src="x"]')).toHaveCount(0);
});

test("the exported JSON has relations and survival", async ({ page }, info) => {
  await openSample(page, "abdomen-regions");
  const path = info.outputPath("report.json");
  expect(await savedAs(page, "Export report", path)).toBe("regionscope-abdomen_001.json");
  const report = JSON.parse(readFileSync(path, "utf8")) as Report;
  expect(report.schema).toBe("regionscope.report/1");
  const of = report.regions.length;
  expect(report.verified).toEqual({ against: "per-channel", mismatches: 0, channels: of, of });
  expect(report.relations).toMatchObject({ unit: "voxels", comparedRegions: 25 });
  expect(report.relations.pairs).toHaveLength(report.relations.sharingPairs);
  for (const pair of report.relations.pairs) expect(pair.sharedVoxels).toBeGreaterThan(0);

  const { survival, regions, scales } = report;
  expect(survival?.regions.map((found) => found.region)).toEqual(regions.map((region) => region.name));
  // The GPU's counts and the worker's survival agree on the voxels.
  survival?.regions.forEach((found, channel) => {
    expect(found.perScale).toEqual(scales.map((scale) => scale.regionVoxels?.[channel]));
  });
  const lost = survival?.regions.flatMap((found) => found.vanishing) ?? [];
  expect(lost.length).toBeGreaterThan(0);
  for (const part of lost) expect(part.perScale[part.vanishesAt]).toBe(0);
  expect(report).not.toHaveProperty("survivalLeftOut");
});
