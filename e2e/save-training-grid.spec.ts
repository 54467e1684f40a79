/**
 * Saves training grids and targets, and opens them again: they have the counts that the page shows of them.
 */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../src/domain/report/report.ts";
import { smallTrainingGrids } from "../src/domain/testing/training-grids.ts";
import { labelsOf, open, valuesOf } from "../src/formats/testing/opening.ts";
import { inputFile, writeNifti } from "../src/formats/testing/write-nifti.ts";
import { file, goto, idle, openFiles, sampleFiles } from "./support/app.ts";
import { select } from "./support/regions.ts";
import { reportBy } from "./support/report.ts";
import { expect, type Page, test } from "./support/test.ts";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Save as NIfTI" });

async function openDialog(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("menuitem", { name: /^Save as NIfTI/ }).click();
  await expect(dialog(page)).toBeVisible();
  await idle(page);
}

async function saved(page: Page): Promise<{ name: string; bytes: Buffer<ArrayBuffer> }> {
  const download = page.waitForEvent("download");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  const made = await download;
  await idle(page);
  await expect(dialog(page).getByRole("status")).toHaveText(`${made.suggestedFilename()} saved.`);
  return { name: made.suggestedFilename(), bytes: readFileSync(await made.path()) };
}

const volumeOf = async (bytes: Buffer<ArrayBuffer>) =>
  labelsOf(await open([inputFile("case.nii.gz", new Uint8Array(bytes))]));

/** Voxels of every region at every scale, and the shapes. */
const countsIn = ({ scales }: Report) => scales.map(({ shape, regionVoxels }) => ({ shape, regionVoxels }));

/** Names and contents of a case's files: transposed and cropped, with ratios from 0.3 to 4 and -1 outside. */
function filesOf(name: string): readonly (readonly [name: string, content: Uint8Array | string])[] {
  const its = smallTrainingGrids().find((one) => one.name === name);
  if (!its) throw new Error(`no case ${name}`);
  const [dk, dj, di] = its.spacing;
  const [c, s] = [Math.cos(0.3), Math.sin(0.3)];
  const sform = [-di * c, dj * s, 0, 12.5, di * s, dj * c, 0, -80, 0, 0, -dk, 431.25];
  const dims = its.shape.toReversed();
  const labels = [...new Set(its.labels)].filter((label) => label > 0).sort((a, b) => a - b);
  const regions = labels.slice(1).map((label) => [`only ${label}`, label] as const);
  const dataset = {
    channel_names: { 0: "MR" },
    labels: { background: 0, "all of them": labels, ...Object.fromEntries(regions) },
    regions_class_order: labels,
    numTraining: 1,
    file_ending: ".nii.gz",
  };
  const strides = [
    [1, 1, 1],
    [1, 2, 2],
    [2, 1, 2],
    [2, 2, 2],
  ];
  const plans = {
    transpose_forward: its.transpose_forward,
    configurations: {
      "3d_fullres": {
        spacing: its.plans_spacing,
        resampling_fn_seg: "resample_data_or_seg_to_shape",
        resampling_fn_seg_kwargs: its.resampling_fn_seg_kwargs,
        architecture: { arch_kwargs: { strides } },
      },
    },
  };
  return [
    ["case_1.nii", writeNifti({ dims, values: its.labels, type: "int16", sform })],
    ["case_1_0000.nii", writeNifti({ dims, values: its.nonzero, type: "float32", sform })],
    ["dataset.json", JSON.stringify(dataset)],
    ["plans.json", JSON.stringify(plans)],
  ];
}

for (const name of ["cropped-transposed", "edges-4"]) {
  test(`${name}: a saved training grid, opened again with the same plans, has the same counts`, async ({
    page,
    reportPage,
  }) => {
    const files = filesOf(name);
    const folder = mkdtempSync(join(tmpdir(), "regionscope-e2e-"));
    for (const [path, content] of files) writeFileSync(join(folder, path), content);
    const at = (path: string) => join(folder, path);
    const definition = ["--dataset", at("dataset.json"), "--plans", at("plans.json")];
    const report = (labels: string, more: readonly string[]) =>
      reportBy(reportPage, ["--labels", at(labels), ...definition, ...more]);
    const trained = await report("case_1.nii", ["--image", at("case_1_0000.nii"), "--grid", "trained"]);
    expect(trained.grid).toBe("trained");

    await goto(page);
    await openFiles(
      page,
      files.map(([path, content]) => file(path, content)),
    );
    await openDialog(page);
    const { name: savedName, bytes } = await saved(page);
    expect(savedName).toBe("case_1_trained.nii.gz");
    const values = new Set(valuesOf(await volumeOf(bytes)));
    expect(values).toContain(-1);
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toBeHidden();

    // The image stays away, as its own voxels would be cropped again.
    await goto(page);
    await openFiles(page, [
      file(savedName, bytes),
      ...files.slice(2).map(([path, text]) => file(path, text)),
    ]);
    const reopened = await page.evaluate(() => window.regionscope?.reportInFull());
    if (!reopened) throw new Error("no report");
    expect(reopened.case.shape).toEqual(trained.case.shape);
    expect(countsIn(reopened)).toEqual(countsIn(trained));
    const codes = reopened.findings.map(({ code }) => code);
    expect(codes).toContain("saved-training-file");
    expect(codes).not.toContain("negative-label");
    // And nnU-Net, given this file, would train on the same once more.
    writeFileSync(at(savedName), bytes);
    const again = await report(savedName, ["--grid", "trained"]);
    expect(again.grid).toBe("trained");
    expect(countsIn(again)).toEqual(countsIn(trained));
  });
}

test("from a region's card, the target of any scale is saved as the page counts it", {
  tag: "@quick",
}, async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&grid=stored");
  await select(page, "spine");
  const report = await page.evaluate(() => window.regionscope?.reportInFull());
  const channel = report?.regions.findIndex(({ name }) => name === "spine") ?? -1;
  await page.getByRole("button", { name: "Save target of spine…" }).click();
  await expect(dialog(page).getByRole("radio", { name: /^Targets of a scale/ })).toBeChecked();
  await expect(dialog(page).getByLabel("Region")).toHaveValue("region spine");
  for (const scale of [0, 2]) {
    await dialog(page).getByLabel("Scale", { exact: true }).selectOption(String(scale));
    const { name, bytes } = await saved(page);
    expect(name).toBe(`abdomen_001_scale${scale}_spine.nii.gz`);
    const volume = await volumeOf(bytes);
    expect(volume.grid.shape).toEqual(report?.scales[scale]?.shape);
    expect([...volume.palette]).toEqual([0, 1]);
    expect(volume.counts[1]).toBe(report?.scales[scale]?.regionVoxels?.[channel]);
  }
  await dialog(page).getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("button", { name: "Save target of spine…" })).toBeFocused();
});

test("works by keyboard, and says why there is no training grid", async ({ page }) => {
  await goto(page);
  await openFiles(page, sampleFiles("Dataset901_AbdomenRegions", "abdomen_001").slice(0, 3));
  await page.getByRole("button", { name: "Share" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: /^Save as NIfTI/ }).press("Enter");
  await expect(dialog(page).getByRole("radio", { name: /^Targets of a scale/ })).toBeFocused();
  await expect(dialog(page).getByRole("radio", { name: /^Training grid/ })).toBeDisabled();
  await expect(dialog(page)).toContainText(
    "Without plans, the spacing that nnU-Net resamples to is not known.",
  );
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await expect(dialog(page)).toContainText("abdomen_001_scale1.nii.gz");
  const download = page.waitForEvent("download");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect((await download).suggestedFilename()).toBe("abdomen_001_scale1.nii.gz");
  await expect(dialog(page).getByRole("button", { name: "Save" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Share" })).toBeFocused();
});
