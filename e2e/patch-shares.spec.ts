/**
 * Checks the shares of patches, by the command and on the page, against every draw of nnU-Net's loader, from
 * the voxels that nnU-Net's own preprocessing made, or from those of the file where plans have no spacing.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Triple } from "../src/domain/geometry/grid.ts";
import type { Report } from "../src/domain/report/report.ts";
import { type LoaderCase, loaderDraws } from "../src/domain/testing/loader-draws.ts";
import { smallTrainingGrids } from "../src/domain/testing/training-grids.ts";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import { file, goto, idle, openFiles, openSample, probedVoxel, type TestFile } from "./support/app.ts";
import { reportBy } from "./support/report.ts";
import { expect, type Page, test } from "./support/test.ts";

const ENTRIES = { background: 0, whole: [1, 2, 3], core: [2, 3], rest: 1, absent: 7 } as const;
const LOADER = {
  entries: ENTRIES,
  patchSize: [8, 10, 8] as Triple,
  is2d: false,
  batchSize: 3,
  strides: [1, 4, 2, 2].map((by): Triple => [by, by, by]),
  mode: "nearest-exact",
} as const;

/** A case whose voxels outside the nonzero mask are cropped, or are -1 where they are not. */
const CROPPED = caseNamed("cropped");

function caseNamed(wanted: string) {
  const found = smallTrainingGrids().find(({ name }) => name === wanted);
  if (!found) throw new Error(`There is no case “${wanted}”.`);
  return found;
}

function nifti(values: Int16Array): Buffer {
  const [nz, ny, nx] = CROPPED.shape;
  const [z, y, x] = CROPPED.spacing;
  return Buffer.from(writeNifti({ dims: [nx, ny, nz], values, type: "int16", pixdim: [1, x, y, z] }));
}

const FILES = {
  "case.nii": nifti(CROPPED.labels),
  "case_0000.nii": nifti(CROPPED.nonzero),
  "dataset.json": JSON.stringify({
    labels: ENTRIES,
    regions_class_order: [1, 2, 3, 7],
    channel_names: { 0: "CT" },
    numTraining: 1,
    file_ending: ".nii",
  }),
  "nnUNetPlans.json": plansText(),
};

function plansText(changes: object = {}): string {
  const configuration = {
    patch_size: LOADER.patchSize,
    batch_size: LOADER.batchSize,
    spacing: CROPPED.plans_spacing,
    resampling_fn_seg: "resample_data_or_seg_to_shape",
    resampling_fn_seg_kwargs: CROPPED.resampling_fn_seg_kwargs,
    architecture: { arch_kwargs: { strides: LOADER.strides } },
    ...changes,
  };
  return JSON.stringify({ configurations: { "3d_fullres": configuration } });
}

const onPage = (changes: Readonly<Record<string, string>> = {}): TestFile[] =>
  Object.entries({ ...FILES, ...changes }).map(([name, content]) => file(name, content));

/** Expects the shares over every draw from these voxels. */
function expectEveryDraw({ patches }: Report, given: Partial<LoaderCase>): void {
  if (!patches || "refused" in patches) throw new Error("The report has no shares.");
  expect(patches.grid).toBe("shape" in given ? "trained" : "stored");
  const all: LoaderCase = { ...LOADER, shape: CROPPED.shape, labels: [...CROPPED.labels], ...given };
  const wanted = loaderDraws(all);
  expect(patches.regions.map(({ region }) => region)).toEqual(["whole", "core", "rest", "absent"]);
  for (const [channel, { inPatch, gone }] of patches.regions.entries()) {
    const known = wanted.inPatch[channel] ?? -1;
    expect(inPatch).toBeCloseTo(known, 10);
    for (const [s, share] of gone.entries()) {
      if (known === 0) expect(share).toBeNull();
      else expect(share).toBeCloseTo((wanted.gone[channel]?.[s] ?? -1) / known, 10);
    }
  }
  // Neither none nor all: the test could not fail otherwise.
  const shares = patches.regions.flatMap(({ gone }) => gone);
  expect(shares.some((share) => share !== null && share > 0.01 && share < 0.99)).toBe(true);
}

const TRAINED = { shape: CROPPED.expected_shape, labels: [...CROPPED.expected] };

const reportOf = (page: Page) => page.evaluate(() => window.regionscope?.reportInFull());

/** The sentences of the page's findings. */
const findingsOf = (page: Page) => page.getByRole("list", { name: "Findings" });

async function expectSameFindings(page: Page): Promise<Report> {
  const report = await reportOf(page);
  if (!report) throw new Error("There is no report.");
  await expect(findingsOf(page).getByRole("listitem")).toHaveCount(report.findings.length);
  for (const { message } of report.findings) await expect(findingsOf(page)).toContainText(message);
  return report;
}

test("the report's shares are those over every draw of the loader", async ({ reportPage }) => {
  const folder = mkdtempSync(join(tmpdir(), "regionscope-e2e-"));
  const at = (name: string) => join(folder, name);
  for (const [name, content] of Object.entries(FILES)) writeFileSync(at(name), content);
  writeFileSync(at("no-spacing.json"), plansText({ spacing: null }));
  writeFileSync(
    at("2d.json"),
    plansText({
      patch_size: [10, 8],
      spacing: null,
      architecture: {
        arch_kwargs: { strides: LOADER.strides.map(([, y, x]) => [y, x]) },
      },
    }),
  );
  const report = (plans: string, ...more: string[]) =>
    reportBy(reportPage, [
      "--labels",
      at("case.nii"),
      "--dataset",
      at("dataset.json"),
      "--plans",
      at(plans),
      ...more,
    ]);
  expectEveryDraw(await report("no-spacing.json"), {});
  expectEveryDraw(await report("no-spacing.json", "--mode", "resize-segmentation"), {
    mode: "resize-segmentation",
  });
  for (const grid of ["trained", "stored"] as const) {
    const its = await report("nnUNetPlans.json", "--image", at("case_0000.nii"), "--grid", grid);
    expect(its.case.shape).toEqual(grid === "trained" ? CROPPED.expected_shape : CROPPED.shape);
    expectEveryDraw(its, TRAINED);
  }
  expectEveryDraw(await report("2d.json"), {
    is2d: true,
    patchSize: [1, 10, 8],
    strides: LOADER.strides.map(([, y, x]): Triple => [1, y, x]),
  });
  const unknown = await reportBy(reportPage, ["--labels", at("case.nii"), "--dataset", at("dataset.json")]);
  expect(unknown.patches).toBeNull();
});

for (const grid of ["stored", "trained"])
  test(`on the ${grid} grid, the page's findings speak of the same patches`, async ({ page }) => {
    await goto(page, `?grid=${grid}`);
    await openFiles(page, onPage());
    await idle(page);
    const report = await expectSameFindings(page);
    expect(report.grid).toBe(grid);
    expectEveryDraw(report, TRAINED);
    const vanishes = report.findings.filter(({ code }) => code === "region-vanishes");
    expect(vanishes.length).toBeGreaterThan(0);
    for (const { message } of vanishes) {
      expect(message).toMatch(/ in (\d+ % to )?\d+ % of the training patches with (it|them)\. /);
      expect(message).toContain("without rotation, scaling and mirroring");
      expect(message.includes("draw from the training grid of this case")).toBe(grid === "stored");
    }
    // Other strides are other scales.
    const strides = LOADER.strides.map(([z, y]) => [z, y, 1]);
    await openFiles(
      page,
      onPage({ "nnUNetPlans.json": plansText({ architecture: { arch_kwargs: { strides } } }) }),
    );
    const changed = await expectSameFindings(page);
    expect(changed.patches).not.toEqual(report.patches);
  });

test("without plans the page speaks of the whole case", async ({ page }) => {
  await goto(page, "?grid=stored");
  await openFiles(
    page,
    onPage().filter(({ name }) => name !== "nnUNetPlans.json"),
  );
  const { patches } = await expectSameFindings(page);
  expect(patches).toBeNull();
  await expect(findingsOf(page)).not.toContainText("training patches");
  await openFiles(page, onPage({ "nnUNetPlans.json": plansText({ batch_size: null }) }));
  expect((await expectSameFindings(page)).patches).toBeNull();
});

test("regions that patches keep are in no finding, whatever the whole case says", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const { patches, findings } = await expectSameFindings(page);
  expect(patches).toMatchObject({ size: [112, 96, 112], loadedSize: [170, 163, 179], foregroundShare: 0.5 });
  // At scale 3 the pancreas is gone in 39 % of its patches, but the loss does not use that scale.
  expect(findings.map(({ code }) => code)).not.toContain("region-vanishes");
});

test("the page is usable while shares are computed, and then says what they are", async ({ page }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await goto(page, "?grid=stored");
  await page.route(/patch-shares\.worker/, async (route) => {
    await held;
    await route.continue();
  });
  const idleState = () => page.evaluate(() => document.documentElement.dataset.idle);
  const opening = openFiles(page, onPage());
  await expect.poll(idleState).toBe("shares");
  await expect(page.getByRole("application", { name: "Region by scale" })).toContainText("voxels");
  await page.getByRole("radio", { name: "Planes" }).click();
  await expect.poll(idleState).toBe("shares");
  const before = await probedVoxel(page);
  await page.getByRole("button", { name: "Play through slices (cine)" }).click();
  await expect.poll(() => probedVoxel(page)).not.toEqual(before);
  await page.getByRole("button", { name: "Stop playing through slices" }).click();
  await expect.poll(idleState).toBe("shares");
  await expect(findingsOf(page)).not.toContainText("training patches");
  release();
  await opening;
  await expect(findingsOf(page)).toContainText("training patches");
});
