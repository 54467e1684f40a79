/** Tests the findings on cropping and resampling: what they say on either grid, and where a click leads. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import {
  file,
  goto,
  grid as gridView,
  idle,
  openFiles,
  probe,
  settledUrl,
  type TestFile,
} from "./support/app.ts";
import { finding } from "./support/findings.ts";
import { line } from "./support/regions.ts";
import { expect, type Page, test } from "./support/test.ts";
import { exportedReport } from "./support/without-gpu.ts";

/** Labels of 0.488 mm in plane with a lesion of 2 × 2 × 2 voxels, and plans with 2.036 mm. */
const COARSER = new URL("fixtures/reported/plans-coarser-spacing", import.meta.url).pathname;
const FILES = readdirSync(COARSER)
  .filter((name) => /\.(nii\.gz|json)$/.test(name))
  .map((name) => join(COARSER, name));

for (const grid of ["stored", "trained"]) {
  test(`a lesion that resampling removes is named on the ${grid} grid, and a click leads to it`, async ({
    page,
  }) => {
    await goto(page, `?grid=${grid}`);
    await openFiles(page, FILES);
    const findings = page.getByRole("region", { name: "Findings" });
    await expect(findings.getByRole("button")).toHaveCount(1);
    const gone = finding(page, "vanishes-in-resampling");
    await expect(gone).toContainText(
      "“lesion” (8 voxels in the file) vanishes before training: resampled from 3×0.488×0.488 mm to 12×23×23 voxels of " +
        "3×2.036×2.036 mm (configuration “3d_fullres”)",
    );
    const isTrained = grid === "trained";
    await expect(page.locator(".round-trip")).toHaveText(
      isTrained ? /^There is no label on the training grid except background,/ : /^Round trip OK: /,
    );
    await expect(page.locator(".tile").getByText("not on this grid").first()).toHaveCount(Number(isTrained));
    await expect(page.getByText("not in this case")).toHaveCount(0);
    // A case opens with the crosshair on a region.
    for (let i = 0; i < 3; i++) await page.keyboard.press("]");
    await expect(probe(page)).not.toContainText(/Label\s*1/);
    await gone.getByRole("button").click();
    await idle(page);
    // The training grid has no voxel of label 1.
    await expect(probe(page)).toContainText(/Label\s*1/);
    expect(await gridInAddress(page)).toBe("stored");
    await expect(page.getByRole("region", { name: "Region lesion" })).toBeVisible();
    await expect(page.getByText("lesion is gone: all 8 voxels")).toBeVisible();
  });
}

const DIMS = [24, 20, 16] as const;
const valuesOf = (of: (x: number, y: number, z: number) => number) =>
  Array.from({ length: 24 * 20 * 16 }, (_, i) => of(i % 24, Math.floor(i / 24) % 20, Math.floor(i / 480)));

/** A case of voxels of 1 mm, with plans. */
function caseOf(
  labels: readonly number[],
  image: readonly number[],
  names: Readonly<Record<string, number>>,
  spacing: unknown,
  batchSize?: number,
  resampling: object = {
    resampling_fn_seg: "resample_data_or_seg_to_shape",
    resampling_fn_seg_kwargs: { is_seg: true, order: 1, order_z: 0, force_separate_z: null },
  },
): TestFile[] {
  const definition = {
    channel_names: { "0": "CT" },
    labels: { background: 0, ...names },
    numTraining: 1,
    file_ending: ".nii",
  };
  const strides = [1, 2, 2].map((n) => [n, n, n]);
  const configuration = {
    spacing,
    patch_size: [8, 8, 8],
    batch_size: batchSize,
    ...resampling,
    architecture: { arch_kwargs: { strides } },
  };
  const plans = { transpose_forward: [0, 1, 2], configurations: { "3d_fullres": configuration } };
  return [
    file("case.nii", writeNifti({ dims: DIMS, values: labels, type: "uint8" })),
    file("case_0000.nii", writeNifti({ dims: DIMS, values: image, type: "int16" })),
    file("dataset.json", JSON.stringify(definition)),
    file("nnUNetPlans.json", JSON.stringify(plans)),
  ];
}

/** The training grid is the default, which an address leaves out. */
async function gridInAddress(page: Page): Promise<string> {
  return (await settledUrl(page)).searchParams.get("grid") ?? "trained";
}

test("a region outside the nonzero box is named, and a click leads to it on the stored grid", async ({
  page,
}) => {
  // Labels 1 in the middle and 2 in a corner, where the image is zero.
  const labels = valuesOf((x, y, z) => {
    if (x > 7 && x < 16 && y > 5 && y < 14 && z > 4 && z < 12) return 1;
    return x > 20 && y > 17 && z > 13 ? 2 : 0;
  });
  const image = valuesOf((x, y, z) => (x < 18 && y < 16 && z < 13 ? 100 + x : 0));
  await goto(page);
  await openFiles(page, caseOf(labels, image, { organ: 1, lesion: 2 }, [2, 2, 2]));
  const cropped = finding(page, "cropped-away");
  await expect(cropped).toContainText(
    "“lesion” (12 voxels in the file) lies outside the box of the image's nonzero voxels",
  );
  expect(await gridInAddress(page)).toBe("trained");
  await expect(probe(page)).not.toContainText(/Label\s*2/);
  // The case has it, this grid has not.
  await expect(gridView(page)).toContainText("not on this grid");
  await expect(gridView(page)).not.toContainText("not in this case");
  await cropped.getByRole("button").click();
  await idle(page);
  await expect(probe(page)).toContainText(/Label\s*2/);
  expect(await gridInAddress(page)).toBe("stored");
  // With a column for what is cropped, a small window still has room for the regions' names.
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.keyboard.press("Shift+V");
  await idle(page);
  const names = page
    .getByRole("grid", { name: "What resampling changed" })
    .locator("th .changes-region span");
  await expect(names).toHaveText(["lesion", "organ"]);
  for (const name of await names.all())
    expect(await name.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});

test("gaps where labels meet are named, and a click leads to one on the training grid", async ({ page }) => {
  // Bars of four labels meet along the last axis.
  const labels = valuesOf((x, y) => 1 + (Math.floor(x / 3) % 2) + 2 * (Math.floor(y / 3) % 2));
  const image = labels.map(() => 7);
  await goto(page, "?grid=stored");
  await openFiles(page, caseOf(labels, image, { a: 1, b: 2, c: 3, d: 4 }, [1, 2, 2]));
  const gaps = finding(page, "resampling-gaps");
  await expect(gaps).toContainText("“d” loses 25 % of its voxels to background");
  await expect(probe(page)).not.toContainText(/Label\s*0/);
  await gaps.getByRole("button").click();
  await idle(page);
  await expect(page.getByText(/gap of \d+ voxels? between/)).toBeVisible();
  await expect(probe(page)).toContainText(/Label\s*0/);
  expect(await gridInAddress(page)).toBe("trained");
});

test("an image that is zero everywhere is reported, on the page and in the report", async ({ page }) => {
  const labels = valuesOf((x) => (x > 7 && x < 16 ? 1 : 0));
  const zero = finding(page, "image-zero");
  await goto(page);
  for (const value of [0, 5]) {
    const image = labels.map((_, i) => (i === 4000 ? value : 0));
    await openFiles(page, caseOf(labels, image, { organ: 1 }, [2, 2, 2]));
    await expect(zero).toHaveCount(value === 0 ? 1 : 0);
    const codes = (await exportedReport(page)).findings.map(({ code }) => code);
    expect(codes.includes("image-zero")).toBe(value === 0);
  }
});

test("nothing is said of patches where preprocessing stops", async ({ page }) => {
  // The last axis has no voxel left.
  for (const spacing of [
    [2, 2, 200],
    [-1, 2, 2],
  ]) {
    const labels = valuesOf((x) => (x > 7 && x < 16 ? 1 : 0));
    await goto(page);
    await openFiles(page, caseOf(labels, labels, { organ: 1 }, spacing, 2));
    await expect(finding(page, "resampling-stops")).toBeVisible();
    await idle(page);
    await expect(line(page, "organ")).toContainText("whole case: scales 0 to ");
    await expect(page.locator("[data-shares]")).toHaveCount(0);
    const { patches } = await exportedReport(page);
    expect(patches).toEqual({
      refused: expect.stringMatching(/^nnU-Net draws no patches from this case\. /),
    });
    await page.keyboard.press("v");
    await expect(page.locator(".survival-patches")).toHaveText(/^nnU-Net draws no patches from this case\. /);
    await expect(page.getByRole("button", { name: "Compute shares of components" })).toBeDisabled();
  }
});

test("plans with a wrong spacing or without a function are opened, and the finding says what is wrong", async ({
  page,
}) => {
  const labels = valuesOf((x) => (x > 7 && x < 16 ? 1 : 0));
  for (const spacing of [[-1, 2, 2], [1, 2, 2, 2], "2, 2, 2"]) {
    const files = caseOf(labels, labels, { organ: 1 }, spacing);
    await goto(page);
    await openFiles(page, files);
    const reason = `he plans' spacing is ${JSON.stringify(spacing)} instead of 2 or 3 positive numbers`;
    const stops = finding(page, "resampling-stops");
    await expect(stops).toContainText(`Configuration “3d_fullres”: t${reason}`);
    await expect(page.getByText(`No training grid: t${reason}`).first()).toBeVisible();
    await expect(page.getByText(/Without plans, the spacing|was skipped/)).toHaveCount(0);
  }
  await openFiles(page, caseOf(labels, labels, { organ: 1 }, [2, 2, 2], 2, {}));
  await expect(finding(page, "resampling-stops")).toContainText(
    "Configuration “3d_fullres” has no resampling_fn_seg, so nnU-Net's preprocessing stops at every case. Any training grid here is made by resample_data_or_seg_to_shape",
  );
  await page.getByRole("button", { name: /^Training grid/ }).click();
  await expect(
    page.getByText(/this is resample_data_or_seg_to_shape, as its planners write it$/),
  ).toBeVisible();
  const { resampling } = await exportedReport(page);
  expect(resampling).toMatchObject({ function: "resample_data_or_seg_to_shape", functionAssumed: true });
});
