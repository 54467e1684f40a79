/** Tests which cases a dataset folder has. */
import { expect, test } from "vitest";
import { parseDataset } from "../dataset/dataset.ts";
import { datasetCases, withPredictions } from "./dataset-cases.ts";

const definition = (more: object = {}) =>
  parseDataset(JSON.stringify({ labels: { background: 0, liver: 1 }, ...more }), "dataset.json");
const list = (paths: readonly string[], more?: object) =>
  datasetCases(paths, more ? definition(more) : null, (path) => path);

test("cases have labels and channels, or one of both, sorted by code point", () => {
  const { cases, testCases, splitCases, firstImage } = list([
    "dataset.json",
    "labelsTr/b.nii.gz",
    "labelsTr/B.nii.gz",
    "labelsTr/alone.nii.gz",
    "imagesTr/b_0001.nii.gz",
    "imagesTr/b_0000.nii.gz",
    "imagesTr/B_0000.nii.gz",
    "imagesTr/c_0000.nii.gz",
    "imagesTr/c_0001.nii.gz",
    "imagesTr/._b_0000.nii.gz",
    "imagesTs/b_0000.nii.gz",
    "imagesTs/t_0000.nii.gz",
    "imagesTs/t_0001.nii.gz",
    "labelsTs/t.nii.gz",
  ]);
  expect(cases).toEqual([
    { name: "B", labels: "labelsTr/B.nii.gz", images: ["imagesTr/B_0000.nii.gz"] },
    { name: "alone", labels: "labelsTr/alone.nii.gz", images: [] },
    { name: "b", labels: "labelsTr/b.nii.gz", images: ["imagesTr/b_0000.nii.gz", "imagesTr/b_0001.nii.gz"] },
    { name: "c", labels: null, images: ["imagesTr/c_0000.nii.gz", "imagesTr/c_0001.nii.gz"] },
  ]);
  expect(testCases).toEqual(["b", "t"]);
  expect(splitCases).toEqual(["B", "b", "c"]);
  expect(firstImage).toBe("imagesTr/B_0000.nii.gz");
});

test("nnU-Net finds cases by the ending of their images", () => {
  const paths = ["a", "b", "c"].flatMap((name) => {
    const ending = name === "a" ? ".nii" : ".nii.gz";
    return [`labelsTr/${name}${ending}`, `imagesTr/${name}_0000${ending}`];
  });
  const some = list(paths, { file_ending: ".nii.gz" });
  expect(some.cases.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  expect(some).toMatchObject({ splitCases: ["b", "c"], firstImage: "imagesTr/b_0000.nii.gz" });
  // One that it finds none by is wrong.
  for (const file_ending of [".mha", undefined]) {
    expect(list(paths, { file_ending })).toMatchObject({
      splitCases: ["a", "b", "c"],
      firstImage: "imagesTr/a_0000.nii",
    });
  }
  const mixed = ["imagesTr/a_0000.mha", "imagesTr/a_0001.nii.gz", "labelsTr/a.nii.gz"];
  expect(list(mixed, { file_ending: ".nii.gz" })).toMatchObject({
    splitCases: ["a"],
    firstImage: "imagesTr/a_0001.nii.gz",
  });
});

test("without any image, nnU-Net's split is of all cases", () => {
  expect(list(["labelsTr/a.nii.gz", "labelsTr/b.nii.gz"]).splitCases).toEqual(["a", "b"]);
});

test("cases may all lack labels, and a dataset may have none", () => {
  expect(list([]).cases).toEqual([]);
  expect(list(["imagesTr/a_0000.nii.gz"]).cases).toEqual([
    { name: "a", labels: null, images: ["imagesTr/a_0000.nii.gz"] },
  ]);
  // A dataset folder has its cases in its own folders.
  expect(list(["x/a.nii.gz", "x/a_0000.nii.gz", "x/b.nii.gz", "x/b_0000.nii.gz"]).cases).toEqual([]);
});

test("of several endings, that of dataset.json counts", () => {
  const paths = ["labelsTr/a.nii", "labelsTr/a.nii.gz", "imagesTr/a_0000.nii", "imagesTr/a_0000.nii.gz"];
  expect(list(paths).cases).toEqual([
    { name: "a", labels: "labelsTr/a.nii.gz", images: ["imagesTr/a_0000.nii.gz"] },
  ]);
  expect(list(paths, { file_ending: ".nii" }).cases).toEqual([
    { name: "a", labels: "labelsTr/a.nii", images: ["imagesTr/a_0000.nii"] },
  ]);
  // A wrong ending is a finding of the dataset, and hides no case.
  expect(list(["labelsTr/a.nrrd"], { file_ending: ".nii.gz" }).cases).toHaveLength(1);
});

test("a header with its voxels in another file is one case", () => {
  const { cases } = list([
    "labelsTr/a.hdr",
    "labelsTr/a.img",
    "imagesTr/a_0000.hdr",
    "imagesTr/a_0000.img.gz",
  ]);
  expect(cases).toEqual([{ name: "a", labels: "labelsTr/a.hdr", images: ["imagesTr/a_0000.hdr"] }]);
});

test("labels beside their images in the dataset folder itself", () => {
  const { cases } = list([
    "a.nii.gz",
    "a_0000.nii.gz",
    "b.nii.gz",
    "b_0000.nii.gz",
    "c_0000.nii.gz",
    "atlas.nii.gz",
  ]);
  expect(cases.map(({ name, labels }) => [name, labels])).toEqual([
    ["a", "a.nii.gz"],
    ["b", "b.nii.gz"],
    ["c", null],
  ]);
});

test("cases that dataset.json lists replace those of the folders", () => {
  const dataset =
    '{"2": {"images": ["$ROOT/2.nii.gz"], "label": "../labels/2.nii.gz"}, ' +
    '"10": {"images": [], "label": "10.nii.gz"}, "1": {"images": ["1.nii.gz"]}}';
  const text = `{"labels": {"background": 0}, "dataset": ${dataset}}`;
  const listed = datasetCases(["labelsTr/a.nii.gz"], parseDataset(text, "dataset.json"), (path) =>
    path.replace("$ROOT", "/data"),
  );
  // Python keeps the order of the text, which JavaScript changes for such keys.
  expect(listed.firstImage).toBe("/data/2.nii.gz");
  expect(listed.cases).toEqual([
    { name: "1", labels: null, images: ["1.nii.gz"] },
    { name: "10", labels: "10.nii.gz", images: [] },
    { name: "2", labels: "../labels/2.nii.gz", images: ["/data/2.nii.gz"] },
  ]);
  expect(list(["labelsTr/a.nii.gz"], { dataset: {} }).cases).toEqual([]);
});

test("predictions have the case's name, and the ending of its labels if there are several", () => {
  const { cases } = list(["labelsTr/a.nii.gz", "labelsTr/b.nii.gz", "labelsTr/c.nii.gz"]);
  const files = ["a.nii", "a.nii.gz", "b.nrrd", "b.npz", "plans.json", "a_0000.nii.gz"];
  expect(withPredictions(cases, files).map(({ prediction }) => prediction)).toEqual([
    "a.nii.gz",
    "b.nrrd",
    null,
  ]);
  expect(withPredictions(cases, null).map(({ prediction }) => prediction)).toEqual([null, null, null]);
});
