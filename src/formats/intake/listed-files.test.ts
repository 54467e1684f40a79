/** Files that dataset.json lists and the folder lacks. */
import { expect, it } from "vitest";
import { parseDataset } from "../dataset/dataset.ts";
import { inputFile } from "../testing/write-nifti.ts";
import { notAmong } from "./listed-files.ts";

const of = (file: string, ...paths: string[]) => {
  const listed = Object.fromEntries(
    paths.map((path, i) => [`c${i}`, { images: [path], label: "labels/a.nii" }]),
  );
  const opened = [inputFile("D/raw/labels/a.nii", ""), inputFile("D/other/b.nii", ""), inputFile(file, "")];
  return notAmong(parseDataset(JSON.stringify({ labels: { background: 0 }, dataset: listed }), file), opened);
};

it("finds the files that dataset.json lists and the folder lacks", () => {
  const lacks = of(
    "D/raw/dataset.json",
    "./labels/a.nii",
    "images/a.nii",
    "../other/b.nii",
    "../other/c.nii",
  );
  expect(lacks).toEqual(["images/a.nii", "../other/c.nii"]);
});

it("ignores listed paths outside the opened folder", () => {
  expect(of("D/raw/dataset.json", "/data/a.nii", "$DATA/a.nii", "../../a.nii", "C:/a.nii")).toEqual([]);
  expect(of("dataset.json", "images/a.nii")).toEqual([]);
});
