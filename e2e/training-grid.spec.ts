/** Reports on the training grid of the bundled samples and checks them against nnU-Net's own results. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleTrainingGrids } from "../src/domain/testing/training-grids.ts";
import { goto, SAMPLES } from "./support/app.ts";
import { reportBy } from "./support/report.ts";
import { expect, test } from "./support/test.ts";

const CASES: Readonly<Record<string, string>> = {
  Dataset901_AbdomenRegions: "abdomen_001",
  Dataset903_SpineRegions: "spine_002",
};

/** Arguments for a sample's case, with its plans at another spacing. */
function argumentsFor(dataset: string, spacing: readonly number[], segResampling: object = {}): string[] {
  const folder = mkdtempSync(join(tmpdir(), "regionscope-e2e-"));
  const at = (path: string) => join(SAMPLES, dataset, path);
  const plans = JSON.parse(readFileSync(at("nnUNetPlans.json"), "utf8"));
  Object.assign(plans.configurations["3d_fullres"], { spacing, ...segResampling });
  writeFileSync(join(folder, "plans.json"), JSON.stringify(plans));
  const labels = ["--labels", at(`labelsTr/${CASES[dataset]}.nii.gz`), "--dataset", at("dataset.json")];
  return [...labels, "--plans", join(folder, "plans.json")];
}

const imageOf = (dataset: string) => [
  "--image",
  join(SAMPLES, dataset, `imagesTr/${CASES[dataset]}_0000.nii.gz`),
];

for (const its of sampleTrainingGrids()) {
  const { dataset, plans_spacing: spacing } = its;
  test(`${dataset} at ${spacing.join(" × ")} mm: every label on the training grid`, async ({
    reportPage,
  }) => {
    const args = [...argumentsFor(dataset, spacing), ...imageOf(dataset), "--grid", "trained"];
    const made = await reportBy(reportPage, args);
    expect(made.grid).toBe("trained");
    expect(made.case.shape).toEqual(its.expected_shape);
    expect(made.case.labels.map(({ value, voxels }) => [value, voxels])).toEqual(its.voxels);
    const shown = await reportPage.page.evaluate(() => window.regionscope?.shownLabels());
    expect(shown?.sha256).toBe(its.sha256_int16_c_order);
    expect(made.resampling).toMatchObject({
      from: { spacing: its.transpose_forward.map((axis) => its.spacing[axis]) },
      to: { shape: its.expected_shape, spacing },
      box: { first: its.bbox.map(([first]) => first), shape: its.shape_after_cropping },
      uncropped: null,
      function: "resample_data_or_seg_to_shape",
      order: 1,
      type: its.dtype,
    });
    expect(made.scales[0]?.shape).toEqual(its.expected_shape);
    const of = made.regions.length;
    expect(made.verified).toEqual({ against: "per-channel", mismatches: 0, channels: of, of });
    // -1 is background to nnU-Net's loader: no region has it, and nothing is said of it.
    const codes = made.findings.map(({ code }) => code);
    expect(codes).not.toContain("negative-label");
    expect(codes).not.toContain("plans-other-spacing");
    expect(made.roundTrip?.lossless).toBe(true);
  });
}

test("the stored grid is reported on request, and where there is no training grid, with the reason", async ({
  reportPage,
}) => {
  const dataset = "Dataset901_AbdomenRegions";
  const usual = argumentsFor(dataset, [4.5, 4.5, 4.5]);
  const torch = argumentsFor(dataset, [4.5, 4.5, 4.5], {
    resampling_fn_seg: "resample_torch_fornnunet",
    resampling_fn_seg_kwargs: {},
  });
  const report = (args: readonly string[]) => reportBy(reportPage, args);
  const stored = await report([...usual, "--grid", "stored"]);
  expect([stored.grid, stored.resampling, stored.case.shape]).toEqual(["stored", null, [112, 101, 122]]);
  for (const [args, refused] of [
    [torch, /^resample_torch_fornnunet interpolates with torch in half precision/],
    [usual.slice(0, -2), /^Without plans, the spacing/],
  ] as const) {
    const made = await report([...args, "--grid", "trained"]);
    expect(made.resampling).toEqual({ refused: expect.stringMatching(refused) });
    expect([made.grid, made.case.shape, made.case.labels]).toEqual([
      "stored",
      [112, 101, 122],
      stored.case.labels,
    ]);
  }
  const uncropped = await report([...usual, "--grid", "trained"]);
  expect(uncropped.resampling).toMatchObject({
    to: { shape: [75, 67, 81] },
    uncropped: "No image is open.",
  });
});

test("an address shows the training grid with its crosshair, and the page's own report agrees", async ({
  page,
}) => {
  for (const [address, grid] of [
    ["&grid=trained", "trained"],
    ["&grid=stored", "stored"],
  ] as const) {
    await goto(page, `?sample=abdomen-regions${address}&voxel=9,60,70`);
    const report = await page.evaluate(() => window.regionscope?.reportInFull());
    expect([report?.grid, report?.case.labels.some(({ value }) => value === -1)]).toEqual([
      grid,
      grid === "trained",
    ]);
  }
  await goto(page, "?sample=spine-regions&voxel=9,100,120");
  const report = await page.evaluate(() => window.regionscope?.reportInFull());
  expect(report?.grid).toBe("trained");
  expect(report?.verified?.mismatches).toBe(0);
  expect(new URL(page.url()).searchParams.get("grid")).toBeNull();
  await expect.poll(() => new URL(page.url()).searchParams.get("voxel")).toBe("9,100,120");
});
