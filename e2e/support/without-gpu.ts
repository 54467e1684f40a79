/** Scripts for pages without a GPU, and checks of what must still work there. */
import { readFileSync } from "node:fs";
import type { Report } from "../../src/domain/report/report.ts";
import CASES from "../fixtures/real-cases.json" with { type: "json" };
import { idle, openSample } from "./app.ts";
import { line } from "./regions.ts";
import { expect, type Page } from "./test.ts";

/** As in a browser without WebGPU: no `navigator.gpu`, constants or classes. Workers keep theirs. */
export const NO_WEBGPU = `
  delete Navigator.prototype.gpu;
  for (const name of Object.getOwnPropertyNames(globalThis)) if (/^GPU/.test(name)) delete globalThis[name];
  if (navigator.gpu || "GPUBufferUsage" in globalThis) throw new Error("WebGPU is still there.");
`;

/** As with acceleration off: WebGPU exists, but has no adapter. */
export const NO_ADAPTER = "GPU.prototype.requestAdapter = async () => null";

const cpuNote = (page: Page) => page.getByRole("note", { name: "Where counts come from" });

/** Clicks *Export report* and reads the saved file. */
export async function exportedReport(page: Page): Promise<Report> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export report" }).click();
  const report = JSON.parse(readFileSync(await (await download).path(), "utf8")) as Report;
  await idle(page);
  return report;
}

/**
 * Checks a report made without a GPU on the sample of 25 regions against counts from torch and scikit-image.
 */
export function expectCountedOnCpu(report: Report): void {
  const known = CASES.find(({ name }) => name === "abdomen-25");
  expect(report.adapter).toBeNull();
  expect(report.verified).toBeNull();
  expect(report.regions.map(({ name }) => name)).toEqual(known?.regions);
  expect(report.scales.map(({ shape, regionVoxels }) => ({ shape, regionVoxels }))).toEqual(
    known?.targets["nearest-exact"],
  );
  expect(report.survival?.regions).toHaveLength(25);
  expect(report.pathReason).toContain("counted by the plain CPU version");
}

/** Checks that the page says that there is no GPU, and that all but pictures and measurements works. */
export async function expectToWorkWithout(page: Page, says: RegExp): Promise<void> {
  await openSample(page, "abdomen-regions");
  await expect(page.getByRole("main").getByText(says).first()).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Images cannot be drawn without a GPU.");
  await expect(cpuNote(page)).toHaveText("There is no GPU: voxels are counted on the CPU.");
  await expect(page.locator("[data-announcer]")).toContainText(
    "There is no GPU. Voxels are counted on the CPU.",
  );
  await expect(line(page, "skeleton")).toContainText("60,703");
  await expect(page.getByRole("region", { name: "Timing" })).toContainText(says);
  await expect(page.getByRole("button", { name: "Run comparison" })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Counted on the CPU" })).toBeVisible();
  expectCountedOnCpu(await exportedReport(page));
}
