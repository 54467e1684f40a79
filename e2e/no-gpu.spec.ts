/**
 * Opens a page without a GPU: all but pictures and measurements works, the CPU counts, and the page says so.
 */
import { readFileSync } from "node:fs";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import CASES from "./fixtures/real-cases.json" with { type: "json" };
import { file, goto, idle, openFiles, openSample, plansFile, sampleFiles } from "./support/app.ts";
import { line, regions } from "./support/regions.ts";
import { expect, type Page, test } from "./support/test.ts";
import { expectToWorkWithout, exportedReport, NO_ADAPTER, NO_WEBGPU } from "./support/without-gpu.ts";

const findings = (page: Page) => page.getByRole("list", { name: "Findings" });

const VARIANTS = [
  { name: "no WebGPU", script: NO_WEBGPU, says: /This browser has no WebGPU\. Open the page in/ },
  { name: "no adapter", script: NO_ADAPTER, says: /WebGPU found no graphics adapter\. Turn on/ },
] as const;

for (const { name, script, says } of VARIANTS) {
  test.describe(name, () => {
    test.beforeEach(({ page }) => page.addInitScript(script));

    test("the welcome page says that there is no GPU, and a case opens from there", async ({ page }) => {
      await goto(page);
      await expect(page.getByText(says)).toBeVisible();
      await page.getByRole("button", { name: /^Abdomen, 25 nested regions/ }).click();
      await idle(page);
      await expect(line(page, "skeleton")).toContainText("60,703");
    });

    test("a sample is counted and edited, and its views have no pictures", async ({ page }) => {
      await test.step("counts, report and sentences", () => expectToWorkWithout(page, says));

      await test.step("an edit, its undo and its redo are counted at once", async () => {
        await expect(line(page, "spine")).toContainText("21,446");
        await line(page, "spine").getByRole("rowheader").click();
        await page.getByRole("button", { name: "Remove label 15 from spine" }).click();
        await idle(page);
        // What remains of spine is sacrum.
        await expect(line(page, "spine")).toContainText("5,884");
        await expect(findings(page)).toContainText("round-trip-merge");
        const report = await exportedReport(page);
        const spine = report.regions.findIndex((region) => region.name === "spine");
        const sacrum = report.regions.findIndex((region) => region.name === "sacrum");
        const known = CASES[0]?.targets["nearest-exact"].map(({ regionVoxels }) => regionVoxels[sacrum]);
        expect(known).toEqual([5884, 733, 92, 8]);
        expect(report.scales.map((scale) => scale.regionVoxels?.[spine])).toEqual(known);
        await page.keyboard.press("Control+z");
        await idle(page);
        await expect(line(page, "spine")).toContainText("21,446");
      });

      await test.step("every view says why it has no picture", async () => {
        for (const view of ["Grid", "Planes", "Lightbox", "Compare"]) {
          await page.getByRole("radio", { name: view, exact: true }).check({ force: true });
          await idle(page);
          await expect(page.getByRole("main").getByText(says)).toBeVisible();
          await expect(page.getByRole("main").locator("canvas")).toHaveCount(0);
        }
      });
    });

    test("another downsampling mode is counted", async ({ page }) => {
      await openSample(page, "spine-regions&mode=resize-segmentation");
      const spine = CASES.find(({ name }) => name === "spine-anisotropic");
      const report = await exportedReport(page);
      expect(report.mode).toBe("resize-segmentation");
      expect(report.scales.map((scale) => scale.regionVoxels)).toEqual(
        spine?.targets["resize-segmentation"].map(({ regionVoxels }) => regionVoxels),
      );
    });
  });
}

test("counts of a patch and of a pooling rule equal the GPU's", async ({ page, context }) => {
  const without = await context.newPage();
  await without.addInitScript(NO_WEBGPU);
  for (const of of [page, without]) {
    // High enough for every row of the list, below the note on the CPU too.
    await of.setViewportSize({ width: 1440, height: 1700 });
    await openSample(of, "abdomen-regions&patch=16,24,32&psize=64,48,64");
    await expect(regions(of).getByRole("row")).toHaveCount(26);
  }
  const sampled = await regions(page).innerText();
  expect(sampled).toMatch(/\d,\d{3}/);
  expect(await regions(without).innerText()).toBe(sampled);

  for (const of of [page, without]) {
    await of.getByRole("button", { name: "Training patch and pooling" }).click();
    await of.getByRole("radio", { name: "majority" }).check({ force: true });
    await idle(of);
  }
  const pooled = await regions(page).innerText();
  expect(pooled).toMatch(/\d,\d{3}/);
  expect(pooled).not.toBe(sampled);
  expect(await regions(without).innerText()).toBe(pooled);
});

test("U keeps the table of what resampling changed, and says where the place is", async ({ page }) => {
  await page.addInitScript(NO_ADAPTER);
  await goto(page);
  const [labels = "", image = "", dataset = "", plans = ""] = sampleFiles(
    "Dataset901_AbdomenRegions",
    "abdomen_001",
  );
  const coarse = JSON.parse(readFileSync(plans, "utf8"));
  coarse.configurations["3d_fullres"].spacing = [8, 8, 8];
  await openFiles(page, [labels, image, dataset, file("nnUNetPlans.json", JSON.stringify(coarse))]);
  await page.keyboard.press("Shift+V");
  const table = page.getByRole("grid", { name: "What resampling changed" });
  await expect(table).toBeVisible();
  await page.getByRole("button", { name: "gaps (93 voxels)" }).click();
  await idle(page);
  await page.keyboard.press("u");
  await idle(page);
  await expect(page.getByText(/^2 of \d+ gaps: gap of \d+ voxels? between /)).toBeVisible();
  await expect(table).toBeVisible();
});

test("the printable report, and masks that overlap", async ({ page }, info) => {
  await page.addInitScript(NO_WEBGPU);
  await openSample(page, "abdomen-regions");
  await test.step("the printable report names no adapter and no check", async () => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Printable report" }).click();
    const path = info.outputPath("report.html");
    await (await download).saveAs(path);
    const text = readFileSync(path, "utf8");
    expect(text).toContain("none: counted on the CPU");
    expect(text).toContain("Not checked: comparing the paths needs a GPU.");
    expect(text).toContain('<img src="data:image/png');
  });

  await test.step("masks that overlap are counted", async () => {
    const dims = [8, 8, 8];
    const half = Uint8Array.from({ length: 512 }, (_, i) => Number(i < 256));
    const corner = Uint8Array.from({ length: 512 }, (_, i) => Number(i % 8 === 1));
    await openFiles(page, [
      file("half.nii", writeNifti({ dims, values: half, type: "uint8" })),
      file("corner.nii", writeNifti({ dims, values: corner, type: "uint8" })),
      plansFile(2),
    ]);
    const report = await exportedReport(page);
    expect([report.adapter, report.verified, report.path]).toEqual([null, null, "bit-packed"]);
    const at = (name: string) => report.regions.findIndex((region) => region.name === name);
    const full = report.scales[0]?.regionVoxels ?? [];
    expect([full[at("half")], full[at("corner")]]).toEqual([256, 64]);
    // nearest-exact reads voxels 1, 3, 5 and 7 of eight, so x = 1 is among them.
    const next = report.scales[1]?.regionVoxels ?? [];
    expect([next[at("half")], next[at("corner")]]).toEqual([32, 16]);
  });
});
