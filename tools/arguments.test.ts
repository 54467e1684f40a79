/** Tests the command lines of `npm run report`, `bench` and `check`. */
import { describe, expect, test } from "vitest";
import { parseBenchArguments, parseCheckArguments, parseReportArguments, UsageError } from "./arguments.ts";

describe("report", () => {
  test("several label files follow one --labels, and options may come in any order", () => {
    const argv = "--plans p.json --labels a.nii.gz ../b.nii --mode resize-segmentation --out r.json".split(
      " ",
    );
    expect(parseReportArguments(argv)).toEqual({
      labels: ["a.nii.gz", "../b.nii"],
      dataset: null,
      plans: "p.json",
      configuration: null,
      reader: null,
      images: [],
      trainer: "default",
      labelTable: null,
      mode: "resize-segmentation",
      grid: "trained",
      path: "auto",
      verify: "sample",
      labelsAnyway: false,
      out: "r.json",
    });
  });

  test("--labels may be repeated, and --option=value works", () => {
    const parsed = parseReportArguments(["--labels=a", "--labels", "b", "c", "--path=bit-packed"]);
    expect(parsed).toMatchObject({ labels: ["a", "b", "c"], path: "bit-packed", mode: "nearest-exact" });
    expect(parseReportArguments(["--labels", "a", "--reader", "NibabelIO"])).toMatchObject({
      reader: "NibabelIO",
    });
  });

  test.each(["default", "no-deep-supervision", "ddp"])("--trainer %s is accepted", (trainer) => {
    expect(parseReportArguments(["--labels", "a", "--trainer", trainer])).toMatchObject({ trainer });
  });

  test("an image may have several channels", () => {
    const argv = "--image ct_0000.nii.gz ct_0001.nii.gz --labels a.nii.gz".split(" ");
    expect(parseReportArguments(argv)).toMatchObject({ images: ["ct_0000.nii.gz", "ct_0001.nii.gz"] });
  });

  test.each(["trained", "stored"])("--grid %s", (grid) => {
    expect(parseReportArguments(["--labels", "a", "--grid", grid])).toMatchObject({ grid });
  });

  test("a table of label names has its own option", () => {
    const parsed = parseReportArguments("--labels a.nii.gz --label-table names.ctbl".split(" "));
    expect(parsed).toMatchObject({ labels: ["a.nii.gz"], labelTable: "names.ctbl" });
  });

  test.each([
    [[], /^--labels is missing/],
    [["--labels"], /^--labels needs a value/],
    [["--labels", "--out", "x"], /^--labels needs a value/],
    [["--labels", "a", "--grid", "fine"], /^--grid is one of trained, stored, not fine/],
    [["a.nii"], /^Unexpected argument a\.nii/],
    [["--labels", "a", "--out", "x", "y"], /^Unexpected argument y/],
    [["--labels", "a", "--colour", "red"], /^Unknown option --colour/],
    [["--labels", "a", "--label-table", "x", "--label-table", "y"], /^--label-table is given 2 times/],
    [["--labels", "a", "-x"], /^Unknown option -x/],
    [
      ["--labels", "a", "--mode", "linear"],
      /^--mode is one of nearest-exact, resize-segmentation, not linear/,
    ],
    [["--labels", "a", "--path", "fast"], /^--path is one of/],
    [
      ["--labels", "a", "--trainer", "nnUNetTrainer"],
      /^--trainer is one of default, no-deep-supervision, ddp, not nnUNetTrainer\.$/,
    ],
    [
      ["--labels", "a", "--reader", "itk"],
      /^--reader is one of SimpleITKIO, NibabelIO, NibabelIOWithReorient, SimpleITKIOWithReorient, not itk/,
    ],
    [["--labels", "a", "--out", "x", "--out", "y"], /^--out is given 2 times/],
    [
      ["--labels", "a", "--configuration", "2d"],
      /^--configuration 2d names a configuration of the plans: give them with --plans, or leave it out\.$/,
    ],
  ])("%j is refused in one line", (argv, message) => {
    expect(() => parseReportArguments(argv)).toThrow(UsageError);
    expect(() => parseReportArguments(argv)).toThrow(message);
  });
});

describe("bench", () => {
  test("defaults are the documented ones", () => {
    expect(parseBenchArguments([])).toEqual({
      size: 128,
      channels: 31,
      batch: 2,
      repeats: 7,
      mode: "nearest-exact",
      strides: "isotropic",
      targetFormat: "byte",
      json: null,
      suite: false,
      quick: false,
      markdown: null,
    });
  });

  test("bench takes numbers and the name of the JSON file", () => {
    expect(
      parseBenchArguments("--size 192 --channels 73 --batch 1 --repeats 3 --json b.json".split(" ")),
    ).toEqual({
      size: 192,
      channels: 73,
      batch: 1,
      repeats: 3,
      mode: "nearest-exact",
      strides: "isotropic",
      targetFormat: "byte",
      json: "b.json",
      suite: false,
      quick: false,
      markdown: null,
    });
  });

  test.each(["0", "-1", "1.5", "many", "1e9"])("--size %s is refused", (size) => {
    expect(() => parseBenchArguments([`--size=${size}`])).toThrow(/^--size is a whole number from 1 on/);
  });

  test("targets are bytes or bits", () => {
    expect(parseBenchArguments(["--targets", "bit"])).toMatchObject({ targetFormat: "bit" });
    expect(() => parseBenchArguments(["--targets", "nibble"])).toThrow(
      /^--targets is one of byte, bit, not nibble/,
    );
  });

  test("the suite refuses options of a single workload", () => {
    const suite = parseBenchArguments("--suite --repeats 5 --markdown t.md".split(" "));
    expect(suite).toMatchObject({ suite: true, repeats: 5, markdown: "t.md" });
    expect(() => parseBenchArguments(["--suite", "--channels", "3"])).toThrow(
      /^--suite has its own --channels/,
    );
    expect(() => parseBenchArguments(["--markdown", "t.md"])).toThrow(/^--markdown goes with --suite/);
  });

  test.each([["--grid", "trained"], ["--grid=stored"], ["--grid"], ["--suite", "--grid", "trained"]])(
    "%s is refused, because the workloads have no spacing",
    (...argv) => {
      expect(() => parseBenchArguments(argv)).toThrow(UsageError);
      expect(() => parseBenchArguments(argv)).toThrow(
        /^The workloads of bench are .* no training grid: leave --grid out/,
      );
    },
  );

  test("--help takes precedence", () => {
    expect(parseBenchArguments(["--size", "3", "--help"])).toBe("help");
  });
});

test("--quick makes everything small that is not given explicitly", () => {
  expect(parseBenchArguments(["--quick", "--channels", "3"])).toMatchObject({
    quick: true,
    size: 32,
    channels: 3,
    batch: 1,
    repeats: 1,
  });
});

describe("check", () => {
  test("two folders are enough", () => {
    expect(parseCheckArguments(["D", "out"])).toEqual({
      dataset: "D",
      out: "out",
      part: { index: 0, count: 1 },
      cases: null,
      continues: false,
      workers: null,
      plans: null,
      configuration: null,
      trainer: "default",
      reader: null,
      mode: "nearest-exact",
      grid: "trained",
      predictions: null,
      tolerance: 3,
      failOn: null,
    });
  });

  test("options come before, between and after the folders", () => {
    const argv =
      "--workers 3 D --num_parts 4 --part_id 3 out --continue --predictions p --tolerance 0.5 --fail-on warning --cases a b --cases a";
    expect(parseCheckArguments(argv.split(" "))).toMatchObject({
      dataset: "D",
      out: "out",
      part: { index: 3, count: 4 },
      cases: ["a", "b"],
      continues: true,
      workers: 3,
      predictions: "p",
      tolerance: 0.5,
      failOn: "warning",
    });
  });

  test.each([
    ["", /^DATASET is missing\. Usage: .*\bcheck\b.* DATASET OUT/],
    ["D", /^OUT is missing/],
    ["D out more", /^Unexpected argument more/],
    ["--cases a D out", /^DATASET is missing/],
    ["D out --cases", /^--cases needs a value/],
    ["D out --num_parts 4", /^--num_parts 4 needs --part_id, a number from 0 to 3/],
    ["D out --part_id 0", /^--part_id 0 needs --num_parts/],
    ["D out --num_parts 4 --part_id 4", /^--part_id is a whole number from 0 to 3, not 4/],
    ["D out --num_parts 4 --part_id -1", /^--part_id is a whole number from 0 to 3, not -1/],
    ["D out --num_parts 4 --part_id 1.5", /^--part_id is a whole number/],
    ["D out --num_parts 0 --part_id 0", /^--num_parts is a whole number from 1 on/],
    ["D out --workers 0", /^--workers is a whole number from 1 on/],
    ["D out --fail-on info", /^--fail-on is one of error, warning, not info/],
    ["D out --tolerance 2", /^--tolerance goes with --predictions/],
    ["D out --predictions p --tolerance 0", /^--tolerance is a length in mm above 0 and up to 1000, not 0/],
    ["D out --predictions p --tolerance 1e9", /^--tolerance is a length/],
    ["D out --predictions p --tolerance x", /^--tolerance is a length/],
    ["D out --labels a", /^Unknown option --labels/],
  ])("check %s", (argv, message) => {
    const parse = () => parseCheckArguments(argv === "" ? [] : argv.split(" "));
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
  });

  test("--help wins", () => {
    expect(parseCheckArguments(["D", "--help"])).toBe("help");
  });
});
