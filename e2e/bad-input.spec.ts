/** Opens unreadable and unusual files: each gets one clear sentence, and what was open stays open. */
import { gzipSync } from "fflate";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import {
  file,
  grid,
  idle,
  openFiles,
  openSample,
  plansFile,
  probe,
  problem,
  type TestFile,
} from "./support/app.ts";
import { expect, test } from "./support/test.ts";

const dims = [4, 5, 6];
const voxels = 4 * 5 * 6;
const ramp = Float64Array.from({ length: voxels }, (_, i) => i % 3);
const good = writeNifti({ dims, values: ramp, type: "uint8" });

interface Bad {
  readonly what: string;
  readonly files: readonly TestFile[];
  /** Must match the sentence, which also names the file. */
  readonly says: RegExp;
}

const gz = gzipSync(good);
const rgb = writeNifti({
  dims,
  values: new Uint8Array(3 * voxels),
  type: "uint8",
  spoil: { datatype: 128, bitpix: 24 },
});
const BAD: readonly Bad[] = [
  { what: "not a NIfTI file", files: [file("notes.nii", "hello ".repeat(200))], says: /notes\.nii.*NIfTI/ },
  { what: "an empty file", files: [file("empty.nii", "")], says: /empty\.nii.*empty/ },
  {
    what: "a truncated gzip",
    files: [file("cut.nii.gz", gz.subarray(0, gz.length - 20))],
    says: /cut\.nii\.gz/,
  },
  { what: "truncated voxels", files: [file("short.nii", good.subarray(0, 400))], says: /short\.nii/ },
  {
    what: "a 4000³ header without voxels",
    files: [
      file("huge.nii", writeNifti({ dims, values: ramp, spoil: { dim: [3, 4000, 4000, 4000, 1, 1, 1, 1] } })),
    ],
    says: /huge\.nii/,
  },
  {
    what: "a zero length",
    files: [file("zero.nii", writeNifti({ dims, values: ramp, spoil: { dim: [3, 4, 0, 6, 1, 1, 1, 1] } }))],
    says: /zero\.nii/,
  },
  {
    what: "a negative length",
    files: [file("minus.nii", writeNifti({ dims, values: ramp, spoil: { dim: [3, 4, -5, 6, 1, 1, 1, 1] } }))],
    says: /minus\.nii/,
  },
  {
    what: "NaN as a label",
    files: [
      file(
        "nan.nii",
        writeNifti({ dims, values: ramp.map((v, i) => (i === 7 ? Number.NaN : v)), type: "float32" }),
      ),
    ],
    says: /nan\.nii.*(NaN|number)/,
  },
  { what: "colours as labels", files: [file("rgb.nii", rgb)], says: /rgb\.nii.*(RGB|colour)/i },
  {
    what: "broken JSON",
    files: [file("dataset.json", '{\n  "labels": {"background": 0,,}\n}')],
    says: /dataset\.json.*line 2/,
  },
  { what: "JSON of another kind", files: [file("package.json", '{"name": "x"}')], says: /package\.json/ },
  {
    what: "dataset.json without labels",
    files: [file("dataset.json", '{"channel_names": {"0": "CT"}}')],
    says: /^dataset\.json: its field "labels" is missing\. Add .*background/,
  },
  {
    what: "dataset.json with a list of labels",
    files: [file("dataset.json", '{"labels": ["background", "liver"]}')],
    says: /^dataset\.json: its field "labels" is a list.* Write each name with its value/,
  },
  {
    what: "the voxels of a pair alone",
    files: [file("pair.img", new Uint8Array(500).fill(7))],
    says: /^pair\.img: .* its header pair\.hdr is missing\. Open pair\.hdr together with it\.$/,
  },
  {
    what: "plans whose strides are no lists",
    files: [file("nnUNetPlans.json", '{"configurations": {"3d_fullres": {"pool_op_kernel_sizes": [1, 2]}}}')],
    says: /nnUNetPlans\.json.*strides/,
  },
];

const STILL_SHOWN = "Still shown: abdomen_001.";

test("every unreadable input gives one sentence, and the open case stays open", { tag: "@quick" }, async ({
  page,
}) => {
  await openSample(page, "abdomen-regions");
  const before = await probe(page).textContent();
  for (const { what, files, says } of BAD) {
    await test.step(what, async () => {
      await openFiles(page, files);
      await expect(problem(page), what).toContainText(STILL_SHOWN);
      const sentence = ((await problem(page).textContent()) ?? "").replace(STILL_SHOWN, "").trim();
      expect(sentence).toMatch(says);
      expect(sentence.split("\n"), what).toHaveLength(1);
      await expect(grid(page)).toContainText("60,703 voxels");
      expect(await probe(page).textContent()).toBe(before);
      await page.getByRole("button", { name: "Dismiss", exact: true }).click();
      await expect(problem(page)).toHaveCount(0);
    });
  }
});

test("unusual volumes open, and the page says what is unusual about them", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  // Each volume replaces the previous one, and none shares its wording with the next.
  await test.step("a collapsed scale is named in a finding and in its tiles", async () => {
    const thin = writeNifti({
      dims: [20, 20, 3],
      values: Float64Array.from({ length: 1200 }, (_, i) => i % 2),
    });
    const findings = page.getByRole("list", { name: "Findings" });
    // Guessed strides never halve an axis of three voxels.
    await openFiles(page, [file("thin.nii", thin)]);
    await expect(page.getByText("No plans: guessed")).toBeVisible();
    await expect(findings).toBeEmpty();
    await openFiles(page, [file("thin.nii", thin), plansFile(4)]);
    await expect(findings).toContainText(/crashes on a training patch of 3×20×20 voxels/);
    await expect(grid(page)).toContainText("collapses");
  });

  await test.step("voxels of an image that are not numbers are counted in a notice and have no value", async () => {
    const grey = Float64Array.from({ length: voxels }, (_, i) => (i % 2 === 0 ? Number.NaN : i));
    await openFiles(page, [
      file("case.nii", good),
      file("case_0000.nii", writeNifti({ dims, values: grey, type: "float32" })),
    ]);
    await expect(page.getByRole("list", { name: "Notices" })).toContainText("60 voxels are not numbers");
    await expect(probe(page)).toContainText(/Image (\d+|not a number)/);
    // Every second voxel along the row is numbered.
    const texts: string[] = [];
    for (const key of ["ArrowLeft", "ArrowRight"]) {
      const before = (await probe(page).textContent()) ?? "";
      await page.keyboard.press(key);
      await expect(probe(page)).not.toHaveText(before);
      texts.push((await probe(page).textContent()) ?? "");
    }
    expect(texts.filter((text) => text.includes("not a number"))).toHaveLength(1);
  });

  await test.step("a volume of background alone says that there are no regions", async () => {
    await openFiles(page, [
      file("empty.nii", writeNifti({ dims, values: ramp.map(() => 0), type: "uint8" })),
    ]);
    const why = "The volume holds nothing but background, so there are no regions.";
    await expect(page.getByRole("complementary", { name: "Regions and findings" })).toContainText(why);
    await expect(grid(page)).toContainText(why);
    await expect(page.locator(".grid-canvas")).toBeHidden();
    await expect(page.getByRole("region", { name: "Selected region" })).toContainText(
      "There is no region to edit: Insert adds one.",
    );
    await expect(page.getByText(/^All 0|No region matches|is hidden/)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Run comparison" })).toBeDisabled();
    await expect(page.getByRole("region", { name: "Timing" })).toContainText(
      "There are no regions to measure.",
    );
    await page.keyboard.press("v");
    await expect(page.getByRole("main")).toContainText(why);
    await page.keyboard.press("4");
    await idle(page);
    await expect(page.getByRole("status").filter({ hasText: "No region is shown." })).toBeVisible();
    await page.keyboard.press("5");
    await expect(page.getByRole("main")).toContainText("no region shown");
    await expect(page.getByRole("main")).not.toContainText("not in this case");
    await page.keyboard.press("g");
  });

  await test.step("large sparse labels are drawn and probed by their own values", async () => {
    const values = Float64Array.from({ length: voxels }, (_, i) => [0, 70000, 614454277][i % 3] ?? 0);
    await openFiles(page, [file("sparse.nii", writeNifti({ dims, values, type: "int32" }))]);
    const regions = page.getByRole("table", { name: "Regions" });
    await expect(regions).toContainText("70000");
    await expect(regions).toContainText("614454277");
    await expect(probe(page)).toContainText(/Label\s+70000/);
  });

  await test.step("an image that lies elsewhere is refused with a sentence, and the labels open", async () => {
    const sform = (at: number) => [1, 0, 0, at, 0, 1, 0, at, 0, 0, 1, at];
    await openFiles(page, [
      file("case.nii", writeNifti({ dims, values: ramp, type: "uint8", sform: sform(0) })),
      file(
        "case_0000.nii",
        writeNifti({ dims, values: ramp.map((v, i) => v * 100 + i), type: "int16", sform: sform(900) }),
      ),
    ]);
    await expect(page.getByRole("list", { name: "Notices" })).toContainText("do not overlap in space");
    await expect(page.getByRole("table", { name: "Regions" })).toContainText("label 2");
  });

  await test.step("fractional labels open, and a finding says what becomes of them", async () => {
    const values = ramp.map((v, i) => (i === 5 ? 1.5 : i === 9 ? 2.4999 : v));
    await openFiles(page, [file("fractional.nii", writeNifti({ dims, values, type: "float32" }))]);
    await expect(page.getByRole("list", { name: "Findings" })).toContainText("1.5");
  });

  await test.step("an axis longer than the limit of 3D textures is drawn as well", async () => {
    const long = Float64Array.from({ length: 5000 * 6 }, (_, i) => (i % 5000 > 2500 ? 1 : 0));
    await openFiles(page, [
      file("long.nii", writeNifti({ dims: [5000, 3, 2], values: long, type: "uint8" })),
    ]);
    await expect(problem(page)).toHaveCount(0);
    await expect(page.getByRole("table", { name: "Regions" })).toContainText("14,994");
  });

  await test.step("an image on another grid is resampled under the labels", async () => {
    await openFiles(page, [
      file(
        "case.nii",
        writeNifti({ dims, values: ramp, type: "uint8", sform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] }),
      ),
      file(
        "case_0000.nii",
        writeNifti({
          dims: [8, 10, 12],
          values: Float64Array.from({ length: 960 }, (_, i) => i),
          type: "int16",
          sform: [0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0],
        }),
      ),
    ]);
    await expect(page.getByRole("list", { name: "Findings" })).toContainText(/grid|voxels of/i);
    await expect(problem(page)).toHaveCount(0);
  });
});

for (const [reason, script, says] of [
  ["no WebGPU", "Object.defineProperty(Navigator.prototype, 'gpu', { value: undefined })", /no WebGPU/],
  ["no adapter", "GPU.prototype.requestAdapter = async () => null", /no graphics adapter/],
  [
    "no device",
    "GPUAdapter.prototype.requestDevice = async () => { throw new Error('refused') }",
    /gave no device/,
  ],
] as const) {
  test(`${reason}: told apart, and the region table and findings still work`, async ({ page }) => {
    await page.addInitScript(script);
    await page.goto("/?sample=abdomen-organs");
    await idle(page);
    await expect(page.getByText(says).first()).toBeVisible();
    await expect(page.getByRole("table", { name: "Regions" })).toContainText("skeleton");
    await expect(page.getByRole("list", { name: "Findings" })).toContainText("spine");
  });
}
