/** Tests the sentences on files that ITK reads with the voxels of another. */
import { expect, test } from "vitest";
import { regionSetFromDefinition } from "../dataset/region-set.ts";
import type { CaseReading, FileGeometry, Placement } from "../reader/file-geometry.ts";
import { READERS, type Reader, readerInForce } from "../reader/reader.ts";
import { definitionOf } from "../testing/definitions.ts";
import { fileBeside } from "./file-beside.ts";
import { caseFindings } from "./findings.ts";

const PLACEMENT: Placement = {
  grid: { shape: [2, 3, 4], toWorld: [0, 0, -1, 0, 0, -1, 0, 0, 1, 0, 0, 0] },
  from: "sform",
  spacing: [1, 1, 1],
  refusal: null,
  intercept: 0,
  notices: [],
};
const LABELS: FileGeometry = {
  file: "a.nii.gz",
  codes: null,
  unoriented: false,
  unit: null,
  itk: PLACEMENT,
  nibabel: PLACEMENT,
};

function readingBy(reader: Reader | null, fileEnding: string | null, file = "a.nii.gz"): CaseReading {
  const clues = { plans: null, overwrite: null, fileEnding, file, firstImage: null };
  const inForce = readerInForce({ ...clues, chosen: reader });
  const placed = { firstImage: null, labels: LABELS, moreLabels: [], image: null };
  return { geometry: { reader: inForce.reader, chosen: reader, ...placed }, inForce };
}

const texts = (files: readonly string[], reading: CaseReading) =>
  fileBeside(files, reading).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

test("one file is read by ITK with the voxels of the other", () => {
  expect(texts(["labelsTr/a.nii.gz"], readingBy(null, ".nii.gz"))).toEqual([
    "error file-beside: nnU-Net reads labelsTr/a.nii.gz with the voxels of a.nii beside it: SimpleITKIO takes only the header from the file " +
      "that it is to read. Regionscope shows each file's own voxels. Delete a.nii or move it to another folder; if it is the right one, " +
      "first replace a.nii.gz with a compressed copy of it.",
  ]);
});

test("several files are named, the first ones of many", () => {
  const files = ["a", "b", "c", "d", "e"].map((name) => `labelsTr/${name}.nii.gz`);
  const [text] = texts(files, readingBy(null, ".nii.gz"));
  expect(text).toContain(
    "nnU-Net reads labelsTr/a.nii.gz, labelsTr/b.nii.gz, labelsTr/c.nii.gz and 2 more with the voxels of the .nii files of the same names beside them: ",
  );
  expect(text).toContain(
    "Delete these .nii files or move them to another folder; if they are the right ones,",
  );
});

test("nibabel reads the file that is named", () => {
  expect(texts(["labelsTr/a.nii.gz"], readingBy("NibabelIO", ".nii.gz"))).toEqual([
    "info file-beside: NibabelIO reads labelsTr/a.nii.gz with its own voxels, but SimpleITK and other programs based on ITK take those of a.nii " +
      "beside it. Delete a.nii or move it to another folder; if it is the right one, first replace a.nii.gz with a compressed copy of it.",
  ]);
});

test("the severity follows the library of the reader", () => {
  const severities = READERS.map(
    (reader) => fileBeside(["a.nii.gz"], readingBy(reader, ".nii.gz"))[0]?.severity,
  );
  expect(severities).toEqual(["error", "info", "info", "error"]);
});

test("nothing is said without such files, or if nnU-Net looks for files with another ending", () => {
  expect(fileBeside([], readingBy(null, ".nii.gz"))).toEqual([]);
  expect(fileBeside(["a.nii.gz"], readingBy("SimpleITKIO", ".nii"))).toEqual([]);
  // Without dataset.json the ending of the opened file counts.
  expect(fileBeside(["a.nii.gz"], readingBy(null, null, "a.nii"))).toEqual([]);
  expect(fileBeside(["a.NII.GZ"], readingBy(null, ".NII.GZ"))).toHaveLength(1);
});

test("the findings of a case include it, also if dataset.json lists the files", () => {
  for (const more of [[], ["dataset"]]) {
    const plain = definitionOf({ background: 0, a: 1 });
    const definition = { ...plain, keys: [...plain.keys, ...more] };
    const found = caseFindings(regionSetFromDefinition(definition), definition, {
      labels: [0, 1].map((value) => ({ value, voxels: 9 })),
      scales: [],
      stridesFrom: "plans",
      configuration: null,
      regionVoxels: null,
      grids: null,
      files: { labels: "a.nii.gz", ending: ".nii.gz", folder: null, besides: ["a.nii.gz"] },
      reading: readingBy(null, ".nii.gz"),
    });
    expect(found.map(({ code }) => code)).toEqual(["file-beside"]);
  }
});
