/** Tests how files get distinct names for the page. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkFiles, nameAsGiven, partnerOf, planStaging, withoutPartners } from "./staging.ts";

let base = "";
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "regionscope-staging-test-"));
  for (const folder of ["labels", "images"]) {
    mkdirSync(join(base, folder));
    for (const name of ["case.nii.gz", "pair.hdr", "pair.img.gz"]) {
      writeFileSync(join(base, folder, name), `${folder}/${name}`);
    }
  }
  mkdirSync(join(base, "empty"));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const names = (given: string[]) => planStaging(given, base).map((file) => file.name);

test("different names are kept, and nothing is linked", async () => {
  const files = planStaging(["labels/case.nii.gz", "images/pair.hdr"], base);
  expect(files.map((file) => file.name)).toEqual(["case.nii.gz", "pair.hdr", "pair.img.gz"]);
  const staged = await linkFiles(files);
  expect(staged.paths).toEqual(files.map((file) => file.absolute));
});

test("the first of two equal names keeps it; the second is linked under another", async () => {
  const files = planStaging(["labels/case.nii.gz", "images/case.nii.gz"], base);
  expect(files.map((file) => file.name)).toEqual(["case.nii.gz", "2-case.nii.gz"]);
  const staged = await linkFiles(files);
  expect(staged.paths.map((path) => basename(path))).toEqual(["case.nii.gz", "2-case.nii.gz"]);
  expect(staged.paths.map((path) => readFileSync(path, "utf8"))).toEqual([
    "labels/case.nii.gz",
    "images/case.nii.gz",
  ]);
  staged.dispose();
  expect(() => readFileSync(staged.paths[1] ?? "")).toThrow();
});

test("both files of a pair get the same stem, whichever was named", () => {
  expect(names(["labels/pair.img.gz"])).toEqual(["pair.img.gz", "pair.hdr"]);
  expect(names(["labels/pair.hdr", "labels/pair.img.gz"])).toEqual(["pair.hdr", "pair.img.gz"]);
  expect(names(["labels/pair.hdr", "images/pair.hdr"])).toEqual([
    "pair.hdr",
    "pair.img.gz",
    "2-pair.hdr",
    "2-pair.img.gz",
  ]);
  expect(withoutPartners(["labels/pair.hdr", "labels/pair.img.gz", "images/pair.img.gz"], base)).toEqual([
    "labels/pair.hdr",
    "images/pair.img.gz",
  ]);
  expect(partnerOf(join(base, "labels/case.nii.gz"))).toBeNull();
});

test("a file named twice is one file", () => {
  expect(names(["labels/case.nii.gz", "labels/../labels/case.nii.gz"])).toEqual(["case.nii.gz"]);
});

test("missing files and folders are refused by the name that the user gave", () => {
  expect(() => planStaging(["labels/none.nii"], base)).toThrow("labels/none.nii: there is no such file.");
  expect(() => planStaging(["empty"], base)).toThrow("empty: this is a folder.");
});

test("the page's sentences name files as the user did", () => {
  const files = planStaging(["labels/case.nii.gz", "images/case.nii.gz"], base);
  expect(nameAsGiven("case.nii.gz: it is empty. Save it again.", files)).toBe(
    "labels/case.nii.gz: it is empty. Save it again.",
  );
  expect(nameAsGiven("2-case.nii.gz: it is empty.", files)).toBe("images/case.nii.gz: it is empty.");
  expect(nameAsGiven("case.nii.gz: not on the grid of 2-case.nii.gz.", files)).toBe(
    "labels/case.nii.gz: not on the grid of images/case.nii.gz.",
  );
  expect(nameAsGiven("The GPU ran out of memory.", files)).toBe("The GPU ran out of memory.");
});
