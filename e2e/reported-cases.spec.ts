/**
 * Reports on small files that people asked about in public threads, or files like theirs, and checks the
 * first finding of each. One page without an interface makes all reports, as for `npm run report`.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Severity } from "../src/domain/findings/finding.ts";
import type { Report } from "../src/domain/report/report.ts";
import type { ReportRequest } from "../src/shell/for-tools.ts";
import type { Headless } from "../tools/headless.ts";
import { dropPaths, goto, openFiles } from "./support/app.ts";
import { expect, test } from "./support/test.ts";

const FOLDER = new URL("fixtures/reported/", import.meta.url).pathname;

let app: Headless;
test.beforeAll(({ reportPage }) => {
  app = reportPage;
});

const filesOf = (name: string) =>
  readdirSync(join(FOLDER, name))
    .sort()
    .map((file) => join(FOLDER, name, file));

/** Assigns roles by file name, as a call of `npm run report` would. */
function requestFor(name: string, configuration: string | null): ReportRequest {
  const names = readdirSync(join(FOLDER, name)).sort();
  const having = (pattern: RegExp) => names.find((file) => pattern.test(file)) ?? null;
  return {
    labels: names.filter((file) => /\.(nii\.gz|nrrd|zip)$/.test(file) && !/_0000\./.test(file)),
    dataset: having(/^dataset\.json$/),
    plans: having(/^plans\./),
    image: having(/_0000\./),
    labelTable: null,
    configuration,
    trainer: "default",
    reader: null,
    mode: "nearest-exact",
    path: "auto",
  };
}

const answerTo = (name: string, configuration: string | null = null) =>
  app.report(filesOf(name), requestFor(name, configuration));

async function reportOn(name: string, configuration: string | null = null): Promise<Report> {
  const answer = await answerTo(name, configuration);
  if (!answer.ok) throw new Error(answer.sentence);
  return answer.report;
}

/** Refused cases with their sentence. */
const REFUSED: readonly (readonly [name: string, sentence: RegExp])[] = [
  [
    "json-with-comments",
    /^dataset\.json: .*JSON has no comments.* Remove everything from # .*, here and in line 5\.$/,
  ],
  ["plans-pickle-v1", /^plans\.pkl: it is a Python pickle, .*version 1.*pool_op_kernel_sizes as strides/],
  ["zip-archive", /^case\.zip: it is a zip archive\. Unpack it and open the \.nii\.gz/],
  [
    "masks-on-two-grids",
    /^spleen\.nii\.gz: .* it has 20×40×48 voxels, but liver\.nii\.gz has 32×40×48\. Resample each onto the scan's grid/,
  ],
];

for (const [name, sentence] of REFUSED) {
  test(`${name}: one sentence says what to do`, async () => {
    expect(await answerTo(name)).toEqual({ ok: false, sentence: expect.stringMatching(sentence) });
  });
}

/** Opened cases with their first finding. */
const FOUND: readonly (readonly [name: string, severity: Severity, code: string, message: RegExp])[] = [
  [
    "brats-label-4",
    "error",
    "label-unexpected",
    /^The volume has label 4 .* where the definition has 3, .* Write 3 for 4 in the label files\. .* rejected because 4 would follow 2\.$/,
  ],
  ["configuration-2d", "error", "patch-not-divisible", /configuration “2d”/],
  [
    "direction-differs-0.07-degrees",
    "warning",
    "grid-mismatch",
    /0\.069°.*0\.16 of the shortest voxel edge.* nnU-Net only warns .* copy the image's header to the labels/,
  ],
  [
    "image-as-labels",
    "error",
    "looks-like-an-image",
    /^This looks like an image, not labels: .* Open the label file/,
  ],
  [
    "labels-without-geometry",
    "error",
    "spacing-mismatch",
    /same number of voxels but do not overlap in space.* copy the image's header to the labels; resampling would lose every label\.$/,
  ],
  [
    "masks-with-dataset",
    "error",
    "one-label-file-needed",
    /^nnU-Net needs one label file .* 1,365 voxels, so dataset\.json is set aside\. .* Make a label map/,
  ],
  [
    "minus-one",
    "error",
    "negative-label",
    /^-1 is in the volume \(1,365 voxels\) but is not a label, so nnU-Net's integrity check rejects .* preprocessed files .* Write 0 /,
  ],
  [
    "no-orientation",
    "info",
    "no-orientation",
    /^case\.nii\.gz does not give its orientation in the patient .* Regionscope assumes left-posterior-superior from 0/,
  ],
  [
    "patch-not-divisible",
    "error",
    "patch-not-divisible",
    /^nnU-Net's U-Net stops .* 130×140×100 .* 32\. Write a patch_size of 128×128×96 or 160×160×128\.$/,
  ],
  [
    "plans-coarser-spacing",
    "error",
    "vanishes-in-resampling",
    /^“lesion” \(8 voxels in the file\) vanishes before training: .* from 3×0\.488×0\.488 mm to 12×23×23 voxels of 3×2\.036×2\.036 mm /,
  ],
  [
    "scaled-by-header",
    "error",
    "header-scales-labels",
    /^The header's scl_slope 0\.99414 turns the stored whole numbers 0 to 2047 into fractions .* Nothing was interpolated: .* Round the values, .* scl_slope 1 and scl_inter 0\.$/,
  ],
  [
    "sheared-affine",
    "error",
    "reader-refuses",
    /^nnU-Net reads \.nii\.gz with SimpleITK, which rejects case\.nii\.gz .*orthonormal.* NibabelIO as overwrite_image_reader_writer .* orthogonal grid/,
  ],
  [
    "slope-1-255",
    "error",
    "header-scales-labels",
    /scl_slope 0\.0039216 .* stored whole numbers 0 to 3 .* set scl_slope to 1/,
  ],
  [
    "spacing-below-tolerance",
    "error",
    "spacing-mismatch",
    /1\.5 mm in the image, 1\.50002 mm in the labels \(a difference of one part in 100,000 .* copy the image's header to the labels/,
  ],
  [
    "spacing-differs-in-4th-digit",
    "error",
    "spacing-mismatch",
    /along the first axis: 1\.2503 mm in the image, 1\.25 mm in the labels \(.* copy the image's header to the labels/,
  ],
  [
    "two-ignores",
    "error",
    "ignore-twice",
    /Write 4 for all of them in the label files, and “ignore”: 4 once\.$/,
  ],
  [
    "version-1-keys",
    "error",
    "keys-missing",
    /channel_names and file_ending are missing: .* Rename modality to channel_names and add “file_ending”: “\.nii\.gz”\.$/,
  ],
];

for (const [name, severity, code, message] of FOUND) {
  test(`${name}: ${code} comes first`, async () => {
    const { findings } = await reportOn(name, name === "configuration-2d" ? "2d" : null);
    expect(findings[0]).toMatchObject({ severity, code, message: expect.stringMatching(message) });
  });
}

test("plans-coarser-spacing: on the training grid nothing of the lesion is left, as nnU-Net has it", async () => {
  const trained = await reportOn("plans-coarser-spacing");
  expect([trained.grid, trained.case.shape]).toEqual(["trained", [12, 23, 23]]);
  expect(trained.case.labels).toEqual([{ value: 0, voxels: 6348 }]);
  expect(trained.scales[0]?.regionVoxels).toEqual([0]);
  const request = { ...requestFor("plans-coarser-spacing", null), grid: "stored" as const };
  const answer = await app.report(filesOf("plans-coarser-spacing"), request);
  if (!answer.ok) throw new Error(answer.sentence);
  const stored = answer.report;
  expect([stored.grid, stored.case.shape, stored.scales[0]?.regionVoxels]).toEqual([
    "stored",
    [12, 96, 96],
    [8],
  ]);
  expect(trained.findings.map(({ code }) => code)).toEqual(["vanishes-in-resampling"]);
  expect(stored.findings).toEqual(trained.findings);
});

test("2d-without-plans: there is no finding, and scales halve both axes of the slice", async () => {
  const { findings, scales, stridesFrom } = await reportOn("2d-without-plans");
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(stridesFrom).toBe("guess");
  expect(scales.slice(0, 3).map(({ factors }) => factors)).toEqual([
    [1, 1, 1],
    [1, 2, 2],
    [1, 4, 4],
  ]);
});

test("configuration-2d: the given configuration is used and named", async () => {
  const { configuration, scales } = await reportOn("configuration-2d", "2d");
  expect(configuration).toBe("2d");
  expect(scales.map(({ factors }) => factors)).toEqual([
    [1, 1, 1],
    [1, 2, 2],
    [1, 4, 4],
    [1, 8, 8],
  ]);
});

test("layers-without-kinds: two segments, and a notice that sizes are not known", async () => {
  const { regions, notices } = await reportOn("layers-without-kinds");
  expect(regions).toHaveLength(2);
  expect(notices[0]).toMatch(/^seg\.seg\.nrrd: it has no voxel size; voxels of 1 mm/);
});

test("slicer-template: an empty segmentation is reported as such, and nothing crashes", async () => {
  const { regions, findings } = await reportOn("slicer-template");
  expect(regions.map(({ name }) => name)).toEqual(["liver"]);
  expect(findings).toHaveLength(1);
  expect(findings[0]?.message).toMatch(
    /^This segmentation is empty: 3D Slicer writes a single voxel .* save it again\.$/,
  );
});

test("report-without-notices: a report has the page's notices", async () => {
  const { notices } = await reportOn("report-without-notices");
  expect(notices).toEqual([expect.stringMatching(/^case\.nrrd: it has no voxel size; voxels of 1 mm/)]);
});

test("folder-labels-with-channel-number: label files have no channel number", async ({ page }) => {
  await goto(page);
  await dropPaths(page, [join(FOLDER, "folder-labels-with-channel-number")]);
  await expect(page.getByRole("dialog", { name: "Choose a case" })).toContainText(
    "nnU-Net finds no label for MI_01: label files have no _0000. Rename MI_01_0000.nii.gz to MI_01.nii.gz",
  );
});

test("minus-one: -1 has a row, is found, and comes back as background; its remedy is read whole", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await goto(page);
  await openFiles(page, filesOf("minus-one"));
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "in no region" }) });
  await expect(row).toContainText("1,365");
  await page.getByRole("searchbox", { name: "Search regions or labels" }).fill("-1");
  await expect(row).toBeVisible();
  await expect(page.locator(".regions .tally")).toHaveText("1 of 4");
  const findings = page.getByRole("region", { name: "Findings", exact: true });
  await expect(findings).toContainText("1,365 voxels change label (-1 → 0)");

  const item = findings.locator(".finding-item").filter({ hasText: "The volume contains -1" });
  const message = item.locator(".finding-message");
  await expect(message).toContainText(/Write 0 for -1/);
  expect(await message.evaluate((text) => text.scrollHeight - text.clientHeight)).toBeLessThanOrEqual(1);
  await item.getByRole("button", { name: "The volume contains -1" }).click();
  await expect(item.getByText("The volume contains -1", { exact: true })).toBeInViewport({ ratio: 1 });
  await expect(page.locator("body")).toContainText(/Label\s*-1/);
});
