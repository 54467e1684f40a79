/** Sentences about folders that cannot be opened. */
import { expect, it } from "vitest";
import { ANY_FORMAT } from "../../domain/reader/volume-endings.ts";
import { inputFile } from "../testing/write-nifti.ts";
import { folderRefusal } from "./folder-refusal.ts";

const refusal = (...paths: string[]) => folderRefusal(paths.map((path) => inputFile(path, "")));
const NOT_OPENED = "which nnU-Net reads but this version of Regionscope does not";

it.each([
  ["png", `PNG pictures, ${NOT_OPENED}`],
  ["BMP", `BMP pictures, ${NOT_OPENED}`],
  ["tif", `TIFF pictures, ${NOT_OPENED}`],
  ["jpg", "JPEG pictures, which neither nnU-Net nor this version of Regionscope reads"],
])("a dataset of .%s files is refused with the format", (ending, messages) => {
  const files = [`raw/Dataset1_D/imagesTr/a_0000.${ending}`, `raw/Dataset1_D/labelsTr/a.${ending}`];
  for (const paths of [files, [...files, "raw/Dataset1_D/dataset.json"]]) {
    expect(refusal(...paths)).toMatch(
      new RegExp(`^Dataset1_D: its images and labels are ${messages}\\. Convert `),
    );
  }
});

it("volumes of unsupported formats are refused with a remedy", () => {
  expect(refusal("D/dataset.json", "D/labelsTr/a.mha")).toBe(
    `D/labelsTr/a.mha: this folder contains no ${ANY_FORMAT} files, the only supported formats. Convert its volumes to .nii.gz and open the folder again.`,
  );
  expect(refusal("D/imagesTr/a_0000.nii.gz", "D/labelsTr/a.png")).toMatch(
    /^D\/labelsTr\/a\.png: the label files are not in the format of .* Convert them to the format of the images/,
  );
});

it("images without any labels are refused", () => {
  expect(refusal("D/imagesTr/a_0000.nii.gz", "D/imagesTs/b_0000.nii.gz")).toMatch(
    /^D: imagesTr contains images, but there are no label files, which nnU-Net expects in labelsTr\. Put /,
  );
});

it("dataset folders without files are refused", () => {
  expect(refusal("D/dataset.json", "D/imagesTr/.DS_Store", "D/labelsTr/Thumbs.db")).toBe(
    "D: it contains no cases: imagesTr and labelsTr have no files except .DS_Store and Thumbs.db, which operating systems create. " +
      "Put each case's label file into labelsTr and its images into imagesTr.",
  );
});

it("other folders are not refused", () => {
  for (const paths of [
    ["D/fold_0/progress.png", "D/plans.json"],
    ["D/scan_0000.nii.gz"],
    ["D/imagesTs/b_0000.nii.gz"],
    ["D/imagesTr/a_0000.nii.gz", "D/other/a.nii.gz"],
    ["D/segmentations/liver.nii.gz", "D/preview.png"],
  ]) {
    expect(refusal(...paths)).toBeNull();
  }
});
