/** Opens nnU-Net's small reference cases in the page and compares every voxel of their training grids. */
import { createHash } from "node:crypto";
import { smallTrainingGrids } from "../src/domain/testing/training-grids.ts";
import { writeNrrd } from "../src/formats/testing/write-nrrd.ts";
import { file, goto, openFiles, type TestFile } from "./support/app.ts";
import { expect, test } from "./support/test.ts";

type SmallCase = ReturnType<typeof smallTrainingGrids>[number];

/** NRRD has spacings as text, so they arrive as they were written. */
function volume(name: string, values: Int16Array, { shape, spacing }: SmallCase): TestFile {
  const [z, y, x] = spacing;
  const fields = {
    type: "short",
    endian: "little",
    sizes: shape.toReversed().join(" "),
    "space directions": `(${x},0,0) (0,${y},0) (0,0,${z})`,
    "space origin": "(0,0,0)",
  };
  return file(name, writeNrrd({ fields, bytes: new Uint8Array(Int16Array.from(values).buffer) }));
}

function filesOf(its: SmallCase): TestFile[] {
  const { name, transpose_forward, plans_spacing, resampling_fn_seg_kwargs } = its;
  const labels = its.voxels.map(([value]) => value).filter((value) => value > 0);
  const dataset = {
    channel_names: { 0: "MR" },
    labels: { background: 0, ...Object.fromEntries(labels.map((value) => [`label ${value}`, value])) },
    numTraining: 1,
    file_ending: ".nrrd",
  };
  const configuration = {
    spacing: plans_spacing,
    patch_size: plans_spacing.map(() => 8),
    batch_size: 2,
    resampling_fn_seg: "resample_data_or_seg_to_shape",
    resampling_fn_seg_kwargs,
    architecture: { arch_kwargs: { strides: [plans_spacing.map(() => 1), plans_spacing.map(() => 2)] } },
  };
  const configurations = { [plans_spacing.length === 2 ? "2d" : "3d_fullres"]: configuration };
  const json = (content: object) => JSON.stringify(content);
  return [
    volume(`${name}.nrrd`, its.labels, its),
    volume(`${name}_0000.nrrd`, its.nonzero, its),
    file("dataset.json", json(dataset)),
    file("nnUNetPlans.json", json({ transpose_forward, configurations })),
  ];
}

test("the small reference cases: every voxel of the training grid", async ({ page }) => {
  await goto(page, "?grid=trained");
  for (const its of smallTrainingGrids()) {
    await openFiles(page, filesOf(its));
    const shown = await page.evaluate(() => window.regionscope?.shownLabels());
    const sha256 = createHash("sha256").update(its.expected).digest("hex");
    expect.soft(shown, its.name).toEqual({ shape: its.expected_shape, sha256 });
  }
});
