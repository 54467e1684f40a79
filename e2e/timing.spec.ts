import { readFile } from "node:fs/promises";
import type { Comparison } from "../src/timing/comparison.ts";
import { idle, openSample } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";

async function download(page: Page, button: string): Promise<string> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const path = await (await waiting).path();
  return readFile(path, "utf8");
}

test("a comparison shows the numbers that it exports, verified bit for bit", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const panel = page.getByRole("region", { name: "Timing" });
  await expect(panel.getByRole("table", { name: "Times of the paths" })).toHaveCount(0);
  await panel.getByRole("spinbutton", { name: /repeats/i }).fill("3");
  await panel.getByRole("button", { name: "Run comparison" }).click();
  await idle(page);
  const table = panel.getByRole("table", { name: "Times of the paths" });
  await expect(table).toBeVisible();

  const exported = JSON.parse(await download(page, "Export timing as JSON")) as { comparison: Comparison };
  const { comparison } = exported;
  expect(comparison.verified).toEqual({ "bit-packed": { mismatches: 0 }, "label-first": { mismatches: 0 } });
  expect(comparison.repeats).toBe(3);
  const shown = await panel
    .locator("data")
    .evaluateAll((elements) => elements.map((element) => Number(element.getAttribute("value"))));
  for (const timing of Object.values(comparison.paths)) {
    expect(shown).toContain(timing.loaderMs.median);
    expect(shown).toContain(timing.totalMs.median);
    expect(shown).toContain(timing.uploadBytes);
    for (const stage of Object.values(timing.stages)) expect(shown).toContain(stage.median);
  }
  const { cpu } = comparison;
  expect(cpu?.convertMs.median).toBeGreaterThan(0);
  expect(cpu?.downsampleMs.median).toBeGreaterThan(0);
  expect(shown).toContain(cpu?.loaderMs.median);
  const limit = comparison.limits.trafficMs["label-first"]?.decode;
  expect(shown).toContain(limit);
  // 25 masks of a byte, one word of four, one index: voxels padded to 16.
  const voxels = 112 * 101 * 122;
  const bytes = Object.fromEntries(
    Object.entries(comparison.paths).map(([name, t]) => [name, t.uploadBytes]),
  );
  expect(bytes["label-first"]).toBe(voxels * comparison.workload.batch);
  expect(bytes["per-channel"]).toBeGreaterThanOrEqual(25 * voxels * comparison.workload.batch);
  expect((await download(page, "Export timing as CSV")).split("\n").length).toBeGreaterThan(12);
  expect(await download(page, "Export timing as Markdown")).toContain("label-first");
});

test("a comparison can be cancelled, and leaves nothing behind", { tag: "@quick" }, async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const panel = page.getByRole("region", { name: "Timing" });
  await panel.getByRole("spinbutton", { name: /repeats/i }).fill("50");
  await panel.getByRole("button", { name: "Run comparison" }).click();
  await panel.getByRole("button", { name: "Cancel comparison" }).click();
  await idle(page);
  await expect(panel.getByRole("table", { name: "Times of the paths" })).toHaveCount(0);
  await expect(panel.getByRole("button", { name: "Run comparison" })).toBeEnabled();
});

test("the suite shows each workload as it is measured, can be cancelled and exported", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const panel = page.getByRole("region", { name: "Timing" });
  await panel.getByRole("button", { name: "Run suite" }).click();
  await expect(panel.getByRole("button", { name: "Run comparison" })).toBeDisabled();
  const table = panel.getByRole("table", { name: "Suite" });
  await expect(table.getByRole("rowheader", { name: "128³, 2 channels" })).toBeVisible();
  await panel.getByRole("button", { name: "Cancel suite" }).click();
  await idle(page);
  // What the worker still had to say changes nothing: it is done when the next job is.
  await panel.getByRole("spinbutton", { name: /repeats/i }).fill("3");
  await panel.getByRole("button", { name: "Run comparison" }).click();
  await idle(page);
  await expect(panel.getByRole("button", { name: "Cancel suite" })).toHaveCount(0);
  const rows = await table.getByRole("rowheader").allTextContents();
  expect(rows.slice(0, 2)).toEqual(["128³, 1 channel", "128³, 2 channels"]);
  const exported = JSON.parse(await download(page, "Export suite as JSON")) as {
    schema: string;
    runs: { channels: number; cpu: unknown; verified: Record<string, { mismatches: number }> }[];
  };
  expect(exported.schema).toBe("regionscope.bench-suite/1");
  expect(exported.runs.map(({ channels }) => channels).slice(0, 2)).toEqual([1, 2]);
  expect(exported.runs[0]?.verified).toEqual({
    "bit-packed": { mismatches: 0 },
    "label-first": { mismatches: 0 },
  });
  expect(exported.runs[0]?.cpu).not.toBeNull();
  expect(await download(page, "Export suite as Markdown")).toContain("| 128³, 1 channel |");
  await expect(panel.getByRole("button", { name: "Run comparison" })).toBeEnabled();
});

test("the report that the button saves holds the case's counts", { tag: "@quick" }, async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const report = JSON.parse(await download(page, "Export report")) as {
    schema: string;
    scales: { regionVoxels: number[] }[];
    verified: { mismatches: number };
  };
  expect(report.schema).toBe("regionscope.report/1");
  expect(report.scales.map((scale) => scale.regionVoxels[0])).toEqual([60703, 7505, 927, 115]);
  expect(report.verified.mismatches).toBe(0);
});
