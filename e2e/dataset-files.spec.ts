/** Tests how the page follows nnU-Net: keys of dataset.json, file names, and regions named by side. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "fflate";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import { dropPaths, file, goto, idle, openFiles, openSample, probe, problem } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";

const DIMS = [12, 10, 8] as const;
const VOXELS = 12 * 10 * 8;

/** Label 1 lies towards the patient's left, 2 towards the right. */
const LABELS = writeNifti({
  dims: DIMS,
  values: Float64Array.from({ length: VOXELS }, (_, i) => (i % 12 < 4 ? 1 : i % 12 >= 8 ? 2 : 0)),
  type: "uint8",
});
const IMAGE = writeNifti({
  dims: DIMS,
  values: Float64Array.from({ length: VOXELS }, (_, i) => i),
  type: "int16",
});

const findings = (page: Page) => page.getByRole("list", { name: "Findings" }).getByRole("listitem");

function datasetOf(labels: object, more: object = {}): string {
  const keys = { channel_names: { 0: "CT" }, labels, numTraining: 2, file_ending: ".nii", ...more };
  return `${JSON.stringify(keys, null, 4)}\n`;
}

/** Makes a dataset folder on disk, which the test removes. */
function datasetFolder(): {
  root: string;
  put(path: string, content: Uint8Array | string): void;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), "regionscope-folder-"));
  const root = join(folder, "Dataset007_Heart");
  return {
    root,
    put(path, content) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

test("labels named like images are reported before and after a case is chosen", async ({ page }) => {
  const { root, put, remove } = datasetFolder();
  put("dataset.json", datasetOf({ background: 0, a: 1, b: 2 }));
  for (const name of ["MI_01", "MI_02"]) {
    put(`imagesTr/${name}_0000.nii`, IMAGE);
    put(`labelsTr/${name}_0000.nii`, LABELS);
  }
  await goto(page);
  await dropPaths(page, [root]);
  const dialog = page.getByRole("dialog", { name: "Choose a case" });
  await expect(dialog).toContainText("This folder has 2 cases.");
  await expect(dialog.getByRole("alert")).toContainText(
    "nnU-Net finds no label for MI_01: label files have no _0000. Rename MI_01_0000.nii to MI_01.nii, and do the same",
  );
  await dialog.getByRole("button", { name: "MI_02", exact: true }).click();
  await idle(page);
  await expect(findings(page)).toHaveCount(1);
  await expect(findings(page)).toContainText("nnU-Net finds no label for MI_02: label files have no _0000.");
  await expect(probe(page)).toContainText(/CT \d/);
  remove();
});

test("other folder names, endings in capitals and a wrong number of cases are reported, and the cases open", async ({
  page,
}) => {
  const { root, put, remove } = datasetFolder();
  put("dataset.json", datasetOf({ background: 0, a: 1, b: 2 }, { numTraining: 20, file_ending: ".nii.gz" }));
  for (const name of ["MI_01", "MI_02"]) {
    put(`imagestr/${name}_0000.NII.GZ`, gzipSync(IMAGE));
    put(`labels/${name}.NII.GZ`, gzipSync(LABELS));
  }
  await goto(page);
  await dropPaths(page, [root]);
  const dialog = page.getByRole("dialog", { name: "Choose a case" });
  await expect(dialog.getByRole("alert")).toContainText(
    "Rename imagestr to imagesTr and labels to labelsTr.",
  );
  await dialog.getByRole("button", { name: "MI_02", exact: true }).click();
  await idle(page);
  await expect(probe(page)).toContainText(/CT \d/);
  await expect(findings(page)).toHaveCount(3);
  for (const text of [
    "nnU-Net finds neither images nor label files in Dataset007_Heart: it looks for images in imagesTr",
    "the files in this folder end in .NII.GZ: it distinguishes capital from small letters.",
    "numTraining is 20, but imagesTr has images of 2 cases.",
  ]) {
    await expect(findings(page).filter({ hasText: text })).toHaveCount(1);
  }
  remove();
});

test("a .nii file beside a .nii.gz file, whose voxels SimpleITKIO takes, is reported as the reader in force has it", async ({
  page,
}) => {
  const { root, put, remove } = datasetFolder();
  put("dataset.json", datasetOf({ background: 0, a: 1, b: 2 }, { numTraining: 1, file_ending: ".nii.gz" }));
  put("imagesTr/MI_01_0000.nii.gz", gzipSync(IMAGE));
  put("labelsTr/MI_01.nii.gz", gzipSync(LABELS));
  put("labelsTr/MI_01.nii", LABELS);
  await goto(page);
  await dropPaths(page, [root]);
  const dialog = page.getByRole("dialog", { name: "Choose a case" });
  await dialog.getByRole("button", { name: "MI_01", exact: true }).click();
  await idle(page);
  await expect(findings(page)).toHaveCount(1);
  await expect(findings(page)).toContainText(
    "nnU-Net reads labelsTr/MI_01.nii.gz with the voxels of MI_01.nii beside it: SimpleITKIO takes only the header from",
  );
  await probe(page)
    .getByRole("button", { name: /^Reader:/ })
    .click();
  await page.getByRole("combobox", { name: "Reader" }).click();
  await page.getByRole("option", { name: /^NibabelIO(?!With)/ }).click();
  await idle(page);
  await expect(findings(page)).toHaveCount(1);
  await expect(findings(page)).toContainText(
    "NibabelIO reads labelsTr/MI_01.nii.gz with its own voxels, but SimpleITK",
  );
  remove();
});

test("a dataset of PNG images is refused in a sentence", async ({ page }) => {
  const { root, put, remove } = datasetFolder();
  put("dataset.json", datasetOf({ background: 0, a: 1, b: 2 }, { file_ending: ".png" }));
  for (const path of ["imagesTr/a_0000.png", "labelsTr/a.png"])
    put(path, Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
  await goto(page);
  await dropPaths(page, [root]);
  await expect(problem(page)).toContainText(
    "Dataset007_Heart: its images and labels are PNG pictures, which nnU-Net reads but this version of Regionscope does not.",
  );
  remove();
});

test("keys of version 1 and channels with their names first are reported, repaired and saved byte for byte", async ({
  page,
}) => {
  const text = datasetOf({ background: 0, a: 1, b: 2 })
    .replace('"channel_names"', '"modality"')
    .replace('"0": "CT"', '"CT": 0')
    .replace(',\n    "file_ending": ".nii"', "");
  await goto(page);
  await openFiles(page, [file("case.nii", LABELS), file("dataset.json", text)]);
  await expect(findings(page)).toHaveCount(2);
  await expect(findings(page).first()).toContainText(
    "nnU-Net's integrity check stops because channel_names and file_ending are missing: modality is version 1's name for channel_names.",
  );
  await expect(findings(page).last()).toContainText("has the names first, as in labels (“CT”: 0)");
  const repair = page.getByRole("button", { name: /^Apply repair/ });
  for (const left of [1, 0]) {
    await repair.first().click();
    await idle(page);
    await expect(findings(page)).toHaveCount(left);
  }
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save dataset.json" }).click();
  expect(readFileSync(await (await download).path(), "utf8")).toBe(datasetOf({ background: 0, a: 1, b: 2 }));
});

test("regions named by side lie on their sides, are found if exchanged, and are right in a sample", async ({
  page,
}) => {
  await goto(page);
  await openFiles(page, [
    file("case.nii", LABELS),
    file("dataset.json", datasetOf({ background: 0, kidney_left: 1, kidney_right: 2 })),
  ]);
  await expect(findings(page)).toHaveCount(1);
  await expect(findings(page)).toContainText(
    "“kidney_left” and “kidney_right” are on the sides in their names.",
  );
  await openFiles(page, [
    file("dataset.json", datasetOf({ background: 0, kidney_right: 1, kidney_left: 2 })),
  ]);
  await expect(findings(page)).toHaveCount(1);
  await expect(findings(page)).toContainText("“kidney_left” lies to the patient's right of “kidney_right”");
  await openSample(page, "abdomen-organs");
  await expect(findings(page).filter({ hasText: "are on the sides in their names" })).toHaveCount(1);
});
