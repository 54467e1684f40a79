import { describe, expect, it } from "vitest";
import { misnamedSentence } from "../domain/findings.ts";
import { listCases } from "./cases.ts";
import { datasetFolder, firstMisnamed } from "./dataset-folder.ts";
import { inputFile } from "./testing/write-nifti.ts";

const inputs = (paths: readonly string[]) => paths.map((path) => inputFile(path, ""));
const casesOf = (...paths: string[]) => listCases(inputs(paths));
const folderOf = (name: string, ...paths: string[]) => {
  const cases = casesOf(...paths);
  const chosen = cases.find((one) => one.name === name);
  if (!chosen) throw new Error(`There is no case ${name}.`);
  return datasetFolder(chosen, cases, inputs(paths));
};

describe("datasetFolder", () => {
  it("counts the training cases of one dataset, and their endings", () => {
    const paths = [
      "raw/D1/labelsTr/a.nii.gz",
      "raw/D1/imagesTr/a_0000.nii.gz",
      "raw/D1/imagesTr/a_0001.nii.gz",
      "raw/D1/labelsTr/b.nii",
      "raw/D1/imagesTr/b_0000.hdr",
      "raw/D1/imagesTr/b_0000.img",
      "raw/D1/labelsTs/c.nrrd",
      "raw/D2/labelsTr/d.nrrd",
    ];
    expect(folderOf("D1/a", ...paths)).toEqual({
      trainingCases: 2,
      unpaired: { withoutLabels: [], withoutImage: [] },
      endings: [".hdr", ".nii", ".nii.gz"],
      misnamed: null,
    });
    expect(folderOf("D1/c", ...paths)).toBeNull();
  });

  it("counts cases as nnU-Net does, by their images, where each has its labels", () => {
    const labelled = ["D/labelsTr/a.nii.gz", "D/labelsTr/b.nii.gz"];
    const images = ["a", "b", "c"].map((name) => `D/imagesTr/${name}_0000.nii.gz`);
    const other = "D/imagesTs/d_0000.nii.gz";
    expect(folderOf("a", ...labelled, ...images, other)).toMatchObject({
      trainingCases: null,
      unpaired: { withoutLabels: ["c"], withoutImage: [] },
    });
    expect(folderOf("a", ...labelled, ...images.slice(0, 1))).toMatchObject({
      trainingCases: null,
      unpaired: { withoutLabels: [], withoutImage: ["b"] },
    });
    expect(folderOf("a", ...labelled, ...images.slice(0, 2), other)).toMatchObject({ trainingCases: 2 });
    // The images may have been left out of what was opened.
    expect(folderOf("a", ...labelled)).toMatchObject({
      trainingCases: null,
      unpaired: { withoutLabels: [], withoutImage: [] },
    });
  });

  it("says how files that nnU-Net does not find are to be called", () => {
    const folder = folderOf(
      "MI_01",
      "D/imagesTr/MI_01_0000.nii.gz",
      "D/imagesTr/MI_02_0000.nii.gz",
      "D/labelsTr/MI_01_0000.nii.gz",
      "D/labelsTr/MI_02_0000.nii.gz",
    );
    expect(folder?.misnamed).toEqual({
      caseName: "MI_01",
      labels: { from: "MI_01_0000.nii.gz", to: "MI_01.nii.gz" },
      image: null,
      cases: 2,
    });
  });
});

describe("the sentence on the first case that nnU-Net does not find", () => {
  const sentence = (...paths: string[]) => {
    const found = firstMisnamed(casesOf(...paths));
    return found && misnamedSentence(found);
  };

  it("names labels with a channel number", () => {
    expect(
      sentence(
        "imagesTr/MI_01_0000.nii.gz",
        "imagesTr/MI_02_0000.nii.gz",
        "labelsTr/MI_01_0000.nii.gz",
        "labelsTr/MI_02_0000.nii.gz",
      ),
    ).toBe(
      "nnU-Net finds no label for MI_01: label files have no _0000. Rename MI_01_0000.nii.gz to MI_01.nii.gz, and so with the other case.",
    );
  });

  it("names images without one, also where others are right", () => {
    expect(
      sentence(
        "imagesTr/a_0000.nii",
        "imagesTr/b.nii",
        "imagesTr/c.nii",
        "imagesTr/d.nii",
        "labelsTr/a.nii",
        "labelsTr/b.nii",
        "labelsTr/c.nii",
        "labelsTr/d.nii",
      ),
    ).toBe(
      "nnU-Net finds no image for b: image files end in the number of their channel (_0000). Rename b.nii to b_0000.nii, and so with " +
        "the other 2 cases.",
    );
  });

  it("names segmentations of 3D Slicer by the name that nnU-Net looks for", () => {
    expect(sentence("D/imagesTr/a_0000.nrrd", "D/labelsTr/a.seg.nrrd")).toBe(
      "nnU-Net finds no label for a: it looks for a.nrrd. Rename a.seg.nrrd to a.nrrd.",
    );
    expect(sentence("D/imagesTr/a.nrrd", "D/labelsTr/a_0000.seg.nrrd")).toBe(
      "nnU-Net finds neither image nor label for a: image files end in the number of their channel (_0000), and label files in .nrrd alone, " +
        "without a number. Rename a_0000.seg.nrrd to a.nrrd and a.nrrd to a_0000.nrrd.",
    );
    expect(folderOf("a", "D/imagesTr/a_0000.nrrd", "D/labelsTr/a.seg.nrrd")?.endings).toEqual([".nrrd"]);
  });

  it("names both, and the folders that are exchanged where each file is called like the other", () => {
    expect(
      sentence("D/imagesTr/a.nrrd", "D/labelsTr/a_0000.nrrd", "D/imagesTr/b.nrrd", "D/labelsTr/b_0000.nrrd"),
    ).toBe(
      "nnU-Net finds neither image nor label for a: image files end in the number of their channel (_0000), and label files have none. " +
        "imagesTr and labelsTr seem to be exchanged: move a_0000.nrrd to imagesTr and a.nrrd to labelsTr, and so with the other case. " +
        "If they lie where they belong, exchange their names instead.",
    );
  });

  it("is not there for test cases, and where all is well", () => {
    expect(sentence("imagesTs/a.nii", "labelsTs/a.nii")).toBeNull();
    expect(sentence("imagesTr/a_0000.nii", "labelsTr/a.nii")).toBeNull();
  });
});
