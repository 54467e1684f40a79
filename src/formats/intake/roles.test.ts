/** Roles of files by name, and the cases of folders. */
import { describe, expect, it } from "vitest";
import { inputFile } from "../testing/write-nifti.ts";
import { listCases } from "./cases.ts";
import { roleByName } from "./roles.ts";

describe("roleByName", () => {
  it.each([
    ["labelsTr/a.nii.gz", "labels"],
    ["D/imagesTr/mask_0000.nii.gz", "image"],
    ["gt_segmentations/a.nii.gz", "labels"],
    ["a_0000.nii.gz", "image"],
    ["example_seg.nii.gz", "labels"],
    ["example_ct_sm.nii.gz", "image"],
    ["sub-ct_seg-vert_label-22_msk.nii.gz", "labels"],
    ["sub-ct_label-22_ct.nii.gz", "image"],
    ["t2_seg-manual_labeled.nii.gz", "labels"],
    ["t2.nii.gz", "image"],
    ["us_labels4d_case26.nii.gz", "labels"],
    ["us_image_case26.nii.gz", "image"],
    ["training_seg_01.nii.gz", "labels"],
    ["liver.seg.nrrd", "labels"],
    ["patient_ct.seg.nrrd", "labels"],
    ["liver_0000.nrrd", "image"],
    ["liver.nrrd", null],
    ["liver.nii.gz", null],
    ["AllenAtlas.nii.gz", null],
  ])("%s: %s", (path, role) => {
    expect(roleByName(path)).toBe(role);
  });
});

describe("listCases", () => {
  const files = (...paths: string[]) => paths.map((path) => inputFile(path, ""));

  it("finds the cases of a dataset folder, with channels in order", () => {
    const cases = listCases(
      files(
        "D/dataset.json",
        "D/imagesTr/b_0001.nii.gz",
        "D/imagesTr/b_0000.nii.gz",
        "D/imagesTr/b2_0000.nii.gz",
        "D/labelsTr/b10.nii.gz",
        "D/labelsTr/b2.nii.gz",
        "D/labelsTr/b.nii.gz",
        "D/labelsTr/c.nrrd",
        "D/imagesTr/c_0000.nrrd",
        "D/labelsTr/._b.nii.gz",
        "D/labelsTr/notes.txt",
      ),
    );
    const folders = { labels: "labelsTr", images: "imagesTr" };
    const misnamed = { labels: false, image: null, exchanged: false };
    const rest = { root: "D/", training: true, folders, misnamed };
    const b = ["D/imagesTr/b_0000.nii.gz", "D/imagesTr/b_0001.nii.gz"];
    expect(cases).toEqual([
      { name: "b", labels: "D/labelsTr/b.nii.gz", images: b, ...rest },
      { name: "b2", labels: "D/labelsTr/b2.nii.gz", images: ["D/imagesTr/b2_0000.nii.gz"], ...rest },
      { name: "b10", labels: "D/labelsTr/b10.nii.gz", images: [], ...rest },
      { name: "c", labels: "D/labelsTr/c.nrrd", images: ["D/imagesTr/c_0000.nrrd"], ...rest },
    ]);
  });

  it("names the dataset if a folder contains several, and distinguishes splits", () => {
    const cases = listCases(
      files(
        "raw/D1/labelsTr/a.nii",
        "raw/D2/labelsTr/a.nii",
        "raw/D2/labelsTs/a.nii",
        "raw/D2/imagesTs/a_0000.nii",
      ),
    );
    expect(cases.map(({ name, images }) => [name, images.length])).toEqual([
      ["D1/a", 0],
      ["D2/a", 0],
      ["raw/D2/labelsTs/a", 1],
    ]);
  });

  it("finds cases in labelsTr without images and in a preprocessed folder, but not elsewhere", () => {
    expect(listCases(files("labelsTr/a.nii.gz"))).toMatchObject([{ name: "a", root: "" }]);
    expect(listCases(files("P/gt_segmentations/a.nii.gz"))).toMatchObject([{ name: "a", root: "P/" }]);
    expect(listCases(files("a.nii.gz", "segmentations/liver.nii.gz"))).toEqual([]);
  });

  it("pairs files that nnU-Net does not pair, and says which have wrong names", () => {
    const pairs = (...paths: string[]) =>
      listCases(files(...paths)).map(({ name, images, misnamed }) => [
        name,
        images.map((path) => path.replace("imagesTr/", "")),
        [...(misnamed.labels ? ["labels"] : []), ...(misnamed.image !== null ? ["image"] : [])],
      ]);
    expect(
      pairs("imagesTr/a_0000.nii", "imagesTr/a_0001.nii", "labelsTr/a_0000.nii", "labelsTr/b.nii"),
    ).toEqual([
      ["a", ["a_0000.nii", "a_0001.nii"], ["labels"]],
      ["b", [], []],
    ]);
    expect(pairs("imagesTr/a.nii", "labelsTr/a.nii")).toEqual([["a", ["a.nii"], ["image"]]]);
    expect(pairs("imagesTr/a.nii", "labelsTr/a_0000.nii")).toEqual([["a", ["a.nii"], ["labels", "image"]]]);
    // Here the numbers are part of the cases' names.
    expect(pairs("imagesTr/a_0000_0000.nii", "labelsTr/a_0000.nii")).toEqual([
      ["a_0000", ["a_0000_0000.nii"], []],
    ]);
    expect(
      pairs("imagesTr/a_0000.nii", "imagesTr/a_0001.nii", "labelsTr/a_0000.nii", "labelsTr/a_0001.nii"),
    ).toEqual([
      ["a_0000", ["a_0000.nii"], ["image"]],
      ["a_0001", ["a_0001.nii"], ["image"]],
    ]);
  });
});
