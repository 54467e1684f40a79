/** Tests what the table of file endings is read as. */
import { expect, test } from "vitest";
import {
  ANY_ENDING,
  ANY_FORMAT,
  HEADER_ENDING,
  headerName,
  VOLUME_ENDING,
  VOXELS_ENDING,
} from "./volume-endings.ts";

test.each([
  ["a.nii", ".nii"],
  ["a.nii.gz", ".nii.gz"],
  ["a.b.NII.GZ", ".NII.GZ"],
  ["a.hdr", ".hdr"],
  ["a.img.gz", ".img.gz"],
  ["a.nrrd", ".nrrd"],
  ["a.seg.nrrd", ".seg.nrrd"],
  ["a.Seg.nrrd", ".Seg.nrrd"],
])("%s ends in %s", (name, ending) => {
  expect(VOLUME_ENDING.exec(name)?.[0]).toBe(ending);
});

test.each(["anii", "a.nii.txt", "a.gz", "a.nrrd.gz", "a.seg", "nrrd"])("%s is not a volume", (name) => {
  expect(VOLUME_ENDING.test(name)).toBe(false);
});

test("headers and voxels of pairs are distinguished from whole volumes", () => {
  const names = ["a.nii", "a.nii.gz", "a.nrrd", "a.hdr", "a.HDR.gz", "a.img", "a.img.gz"];
  expect(names.filter((name) => HEADER_ENDING.test(name))).toEqual(["a.hdr", "a.HDR.gz"]);
  expect(names.filter((name) => VOXELS_ENDING.test(name))).toEqual(["a.img", "a.img.gz"]);
});

test("headerName gives the header of a file of voxels", () => {
  expect(["a.img", "b/a.IMG.gz"].map(headerName)).toEqual(["a.hdr", "b/a.hdr"]);
});

test("sentences name the formats and their usual endings", () => {
  expect(ANY_FORMAT).toMatch(/^NIfTI(, | or )NRRD\b/);
  expect(ANY_ENDING).toMatch(/^\.nii\.gz(, | or )\.nrrd\b/);
});
