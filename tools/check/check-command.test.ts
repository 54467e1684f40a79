/** Tests `check` without workers: parts, `--continue`, exit codes, lost workers and signals. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { randomFrom } from "../../src/base/random.ts";
import type { CheckFile } from "../../src/domain/dataset-check/check-file.ts";
import { Failure, root } from "../run.ts";
import { WorkerLost } from "./case-checker.ts";
import { checkCommand } from "./check-command.ts";
import { DEFINITION, filesOf, MODIFIED, writeDataset, writeFiles } from "./testing/dataset.ts";
import { type FakeChecker, fakeChecker } from "./testing/fake-checker.ts";

const TOP = mkdtempSync(join(tmpdir(), "regionscope-check-"));
afterAll(() => rmSync(TOP, { recursive: true, force: true }));

let base = "";
const printed = { out: "", err: "" };
beforeEach(() => {
  base = mkdtempSync(join(TOP, "test-"));
  printed.out = "";
  printed.err = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed.err += String(text);
    return true;
  });
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed.out += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const at = (...names: readonly string[]) => join(base, ...names);
const never = async (): Promise<never> => {
  throw new Error("No worker is needed.");
};

/** Runs the command with fake checkers, which it returns. */
async function check(args: string, options: Parameters<typeof fakeChecker>[0] = {}) {
  const checkers: FakeChecker[] = [];
  const code = await checkCommand(args.split(" "), base, async () => {
    const checker = fakeChecker(options);
    checkers.push(checker);
    return checker;
  });
  return { code, checkers, asked: checkers.flatMap(({ asked }) => asked) };
}

async function refused(args: string, open: Parameters<typeof checkCommand>[2] = never): Promise<string> {
  const error: unknown = await checkCommand(args.split(" "), base, open).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Failure);
  expect(error).toMatchObject({ exitCode: 2 });
  const message = error instanceof Failure ? error.message : "";
  expect(message).not.toContain("\n");
  return message;
}

const NAMES = Array.from({ length: 7 }, (_, i) => `case_${i}`);
const checkFile = (out = "out") => JSON.parse(readFileSync(at(out, "check.json"), "utf8")) as CheckFile;
const recordOf = (name: string, out = "out"): unknown =>
  JSON.parse(readFileSync(at(out, "cases", `${name}.json`), "utf8"));

test("each case gets a record and a picture, after the file that says what is checked", async () => {
  writeDataset(at("Dataset001_Liver"), ["b", "a_warning", "c"]);
  const { code, checkers } = await check("Dataset001_Liver out --workers 2", { delayMs: 100 });
  expect(code).toBe(0);
  expect([...filesOf(at("out")).keys()]).toEqual([
    "cases/a_warning.json",
    "cases/b.json",
    "cases/c.json",
    "check.json",
    "pictures/a_warning.png",
    "pictures/b.png",
    "pictures/c.png",
  ]);
  expect(checkFile()).toMatchObject({
    schema: "regionscope.check/1",
    dataset: "Dataset001_Liver",
    options: {
      configuration: null,
      trainer: "default",
      reader: null,
      mode: "nearest-exact",
      grid: "trained",
      cases: null,
      predictions: false,
      toleranceMm: 3,
    },
    definition: DEFINITION,
    plans: null,
    preprocessedDefinition: null,
    cases: [
      { name: "a_warning" },
      { name: "b", labels: "labelsTr/b.nii.gz", prediction: null },
      { name: "c" },
    ],
    testCases: [],
    splits: { from: "none" },
  });
  expect(recordOf("b")).toMatchObject({
    status: "ok",
    inputs: [
      { role: "labels", path: "labelsTr/b.nii.gz", bytes: 8, modified: MODIFIED.toISOString() },
      { role: "image", path: "imagesTr/b_0000.nii.gz", bytes: 7, modified: MODIFIED.toISOString() },
    ],
  });
  expect(checkers).toHaveLength(1);
  expect(checkers[0]?.most).toBe(2);
  expect(checkers[0]?.isClosed).toBe(true);
});

test("stderr has a line a case and a summary, and stdout nothing", async () => {
  writeDataset(at("D"), ["a_warning", "b_error_warning", "c", "d_unreadable", "e\u001b[31m"]);
  await check("D out", { workers: 1 });
  expect(printed.out).toBe("");
  expect(printed.err.replaceAll(/\d+\.\d+ s/g, "T s").split("\n")).toEqual([
    "[1/5] a_warning        2 warnings  region-absent, sides   T s",
    "[2/5] b_error_warning  1 error, 2 warnings  label-outside, region-absent, sides   T s",
    "[3/5] c                nothing found   T s",
    "[4/5] d_unreadable     unreadable  d_unreadable: it is not a volume. Copy it again.   T s",
    "[5/5] e?[31m           nothing found   T s",
    "5 cases: 5 checked, 1 unreadable; 2 errors, 4 warnings; T s after T s to start",
    "",
  ]);
});

test("the time of the cases does not include that of the start", async () => {
  writeDataset(at("D"), ["a"]);
  await checkCommand(["D", "out"], base, async () => {
    await wait(1500);
    return fakeChecker();
  });
  const [, cases, start] = /; (\S+) s after (\S+) s to start\n$/.exec(printed.err) ?? [];
  expect(Number(start)).toBeGreaterThanOrEqual(1.5);
  expect(Number(cases)).toBeLessThan(1.5);
});

test("the line of a case says which images it lacks", async () => {
  writeDataset(at("D"), ["a", "b", "c_warning", "d"]);
  writeFiles(at("D"), {
    "dataset.json": DEFINITION.replace('"CT"', '"CT","1":"PET"'),
    "imagesTr/d_0001.nii.gz": "",
    "imagesTr/e_0000.nii.gz": "",
  });
  for (const name of ["b", "c_warning"]) rmSync(at(`D/imagesTr/${name}_0000.nii.gz`));
  await check("D out --fail-on warning", { workers: 1 });
  const lines = printed.err.split("\n").map((line) => line.slice("[1/5] ".length).replace(/ +\S+ s$/, ""));
  // A case without labels needs no worker, and comes first.
  expect(lines.slice(1, 5)).toEqual([
    "a          1 image for 2 channels",
    "b          no image",
    "c_warning  2 warnings  region-absent, sides  no image",
    "d          nothing found",
  ]);
});

test("nothing is said of channels where each case has one file, or without dataset.json", async () => {
  writeDataset(at("D"), ["a", "b"]);
  writeFiles(at("D"), { "dataset.json": DEFINITION.replace('"CT"', '"CT","1":"PET"') });
  await check("D out");
  writeFiles(at("N"), { "labelsTr/a.nii.gz": "", "labelsTr/b.nii.gz": "", "imagesTr/b_0000.nii.gz": "" });
  writeFiles(at("N"), { "imagesTr/b_0001.nii.gz": "" });
  await check("N other", { workers: 1 });
  expect(printed.err.match(/nothing found|no image|for 2 channels/g)).toEqual([
    "nothing found",
    "nothing found",
    "no image",
    "nothing found",
  ]);
});

test("three parts at once write what one run writes, byte for byte", async () => {
  writeDataset(at("D"), [...NAMES, "x_unreadable"]);
  writeFiles(at("D"), { "imagesTr/z_0000.nii.gz": "no labels" });
  expect((await check("D whole")).code).toBe(0);
  const parts = await Promise.all([0, 1, 2].map((i) => check(`D out --num_parts 3 --part_id ${i}`)));
  expect(parts.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(parts.map(({ asked }) => asked.toSorted())).toEqual([
    ["case_0", "case_3", "case_6"],
    ["case_1", "case_4", "x_unreadable"],
    ["case_2", "case_5"],
  ]);
  expect(filesOf(at("out"))).toEqual(filesOf(at("whole")));
});

test("a part may be empty, and starts no worker", async () => {
  writeDataset(at("D"), ["a"]);
  expect(await checkCommand("D out --num_parts 3 --part_id 2".split(" "), base, never)).toBe(0);
  expect(printed.err).toMatch(/^Part 2 \(of 0 to 2\): 0 cases: 0 checked; 0 errors, 0 warnings/);
  expect([...filesOf(at("out")).keys()]).toEqual(["check.json"]);
});

test("many processes that start at once agree on check.json", async () => {
  writeDataset(at("D"), NAMES);
  const parts = 12;
  const codes = await Promise.all(
    Array.from({ length: parts }, (_, i) => check(`D out --num_parts ${parts} --part_id ${i}`)),
  );
  expect(codes.every(({ code }) => code === 0)).toBe(true);
  expect(readdirSync(at("out")).sort()).toEqual(["cases", "check.json", "pictures"]);
});

test("--cases selects, and the splits stay those of all cases", async () => {
  writeDataset(at("D"), NAMES);
  const { asked } = await check("D out --cases case_5 case_1 case_5");
  expect(asked.toSorted()).toEqual(["case_1", "case_5"]);
  expect(checkFile().options.cases).toEqual(["case_1", "case_5"]);
  expect(checkFile().splits.folds[0]?.train.length).toBe(5);
  expect(await refused("D other --cases case_1 nobody")).toMatch(
    /^--cases nobody: D has no case of this name/,
  );
});

test("a case without labels, or with a file that is gone, is unreadable without a worker", async () => {
  writeDataset(at("D"), ["a"]);
  writeFiles(at("D"), { "imagesTr/b_0000.nii.gz": "" });
  expect((await check("D out")).asked).toEqual(["a"]);
  expect(recordOf("b")).toMatchObject({
    status: "unreadable",
    case: { name: "b" },
    inputs: [],
    sentence: "b: it has images but no labels. Add labelsTr/b.nii.gz, or take its images out of the dataset.",
  });
  const dataset = { a: { images: ["imagesTr/a_0000.nii.gz"], label: "labelsTr/gone.nii.gz" } };
  writeFiles(at("L"), {
    "dataset.json": JSON.stringify({ labels: { background: 0 }, dataset }),
    "imagesTr/a_0000.nii.gz": "",
  });
  expect((await check("L listed")).asked).toEqual([]);
  expect(recordOf("a", "listed")).toMatchObject({
    sentence:
      "labelsTr/gone.nii.gz: there is no such file or folder. Put the file there, or take the case out of the dataset.",
  });
});

test("plans beside dataset.json are found; others are named, with the dataset.json and splits beside them", async () => {
  const plans = JSON.stringify({ configurations: { "3d_fullres": { spacing: [1, 1, 1] } } });
  const splits = [{ train: ["case_0"], val: ["case_1"] }];
  writeDataset(at("D"), NAMES);
  writeFiles(at("D"), { "nnUNetPlans.json": plans, "splits_final.json": JSON.stringify(splits) });
  await check("D out --configuration 3d_fullres");
  expect(checkFile()).toMatchObject({
    plans,
    preprocessedDefinition: null,
    options: { configuration: "3d_fullres" },
  });
  expect(checkFile().splits).toMatchObject({ from: "splits_final.json", folds: expect.arrayContaining([]) });
  writeFiles(at("P"), { "other.json": plans.replace("3d_fullres", "2d"), "dataset.json": `${DEFINITION} ` });
  await check("D named --plans P/other.json");
  expect(checkFile("named").plans).toContain("2d");
  expect(checkFile("named").preprocessedDefinition).toBe(`${DEFINITION} `);
  writeFiles(at("P"), { "splits_final.json": JSON.stringify([{ train: ["case_2"], val: ["case_3"] }]) });
  await check("D beside --plans P/other.json");
  expect(checkFile("beside").splits.folds[0]?.train).toEqual(["case_2"]);
  expect(await refused("D no --plans P/other.json --configuration 3d_fullres")).toMatch(
    /^other\.json: it has no configuration "3d_fullres"/,
  );
});

test("predictions are found by name, and their folder must exist", async () => {
  writeDataset(at("D"), ["a", "b"]);
  writeFiles(at("P"), { "a.nii.gz": "prediction", "plans.json": "{}" });
  await check("D out --predictions P --tolerance 1.5");
  expect(checkFile().options).toMatchObject({ predictions: true, toleranceMm: 1.5 });
  expect(checkFile().cases.map(({ prediction }) => prediction)).toEqual(["a.nii.gz", null]);
  expect(recordOf("a")).toMatchObject({
    inputs: [{}, {}, { role: "prediction", path: "a.nii.gz", bytes: 10 }],
    prediction: { regions: [] },
  });
  expect(recordOf("b")).toMatchObject({ prediction: null });
  expect(await refused("D no --predictions Q")).toBe("Q: there is no such file or folder.");
});

test("names of cases cannot leave the folder or meet on a disk without upper case", async () => {
  const dataset = Object.fromEntries(
    ["../../up", "Case", "case", "", "a\nb"].map((name) => [name, { images: [], label: "labels.nii.gz" }]),
  );
  writeFiles(at("D"), {
    "dataset.json": JSON.stringify({ labels: { background: 0 }, dataset }),
    "labels.nii.gz": "",
  });
  expect((await check("D deep/out")).code).toBe(0);
  const cases = readdirSync(at("deep/out/cases"));
  expect(new Set(cases.map((name) => name.toLowerCase())).size).toBe(5);
  expect(cases).toContain("=2E.=2F..=2Fup.json");
  expect(readdirSync(base).sort()).toEqual(["D", "deep"]);
  expect((await check("D deep/out --continue")).asked).toEqual([]);
});

test("--continue does again what changed, is damaged or has no picture", async () => {
  writeDataset(at("D"), [...NAMES, "x_unreadable"]);
  await check("D out");
  const before = filesOf(at("out"));
  expect(await checkCommand("D out --continue".split(" "), base, never)).toBe(0);
  expect(printed.err).toMatch(/8 cases: 0 checked, 8 unchanged, 1 unreadable; 1 error, 0 warnings; \S+ s\n$/);

  const again = async () => (await check("D out --continue", { workers: 1 })).asked.toSorted();
  writeFileSync(at("out/cases/case_0.json"), before.get("cases/case_0.json")?.slice(0, 500) ?? "");
  writeFileSync(at("out/cases/case_1.json"), "null");
  rmSync(at("out/cases/case_2.json"));
  rmSync(at("out/pictures/case_3.png"));
  writeFileSync(at("out/pictures/case_4.png"), "");
  writeFileSync(at("out/cases/case_5.json"), before.get("cases/case_6.json") ?? "");
  expect(await again()).toEqual(NAMES.slice(0, 6));
  expect(filesOf(at("out"))).toEqual(before);

  writeFileSync(at("D/labelsTr/case_2.nii.gz"), "other labels");
  utimesSync(at("D/imagesTr/case_4_0000.nii.gz"), MODIFIED, new Date(MODIFIED.getTime() + 1));
  writeFileSync(at("D/labelsTr/x_unreadable.nii.gz"), "repaired");
  expect(await again()).toEqual(["case_2", "case_4", "x_unreadable"]);
  expect(await again()).toEqual([]);
  // Without it, everything is done again.
  expect((await check("D out")).asked).toHaveLength(8);
});

test("a case that cannot be read any more loses its picture", async () => {
  writeDataset(at("D"), ["a"]);
  await check("D out");
  expect(existsSync(at("out/pictures/a.png"))).toBe(true);
  rmSync(at("D/labelsTr/a.nii.gz"));
  writeFiles(at("D"), { "labelsTr/b.nii.gz": "" });
  await check("D out --continue");
  expect(recordOf("a")).toMatchObject({ status: "unreadable" });
  expect(existsSync(at("out/pictures/a.png"))).toBe(false);
});

test("other options or another dataset in the same folder are refused, with what differs", async () => {
  writeDataset(at("D"), NAMES);
  await check("D out");
  const before = filesOf(at("out"));
  expect(await refused("D out --grid stored --reader NibabelIO")).toBe(
    "out was made of another dataset or with other options: --reader not given there, NibabelIO here; " +
      "--grid trained there, stored here. Name another folder, or give the same.",
  );
  expect(await refused("D out --cases case_1")).toContain("--cases not given there, case_1 here");
  writeDataset(at("E"), NAMES);
  expect(await refused("E out --continue")).toContain("dataset D there, E here");
  writeFiles(at("D"), { "dataset.json": DEFINITION.replace("liver", "spleen") });
  expect(await refused("D out --continue")).toContain("dataset.json differs");
  writeFiles(at("D"), { "dataset.json": DEFINITION });
  expect(filesOf(at("out"))).toEqual(before);
  writeFileSync(at("out/check.json"), "{");
  expect(await refused("D out")).toContain("its check.json was not written by this command");
});

test("--continue takes in cases that came since, and names them where it is not given", async () => {
  writeDataset(at("D"), NAMES);
  await check("D out");
  writeDataset(at("D"), ["case_7"]);
  rmSync(at("D/labelsTr/case_0.nii.gz"));
  rmSync(at("D/imagesTr/case_0_0000.nii.gz"));
  expect(await refused("D out")).toBe(
    "out was made when the dataset was another: new case_7; gone case_0; the splits differ. " +
      "Give --continue to bring it up to date, or name another folder.",
  );
  expect((await check("D out --continue")).asked).toEqual(["case_7"]);
  expect(checkFile().cases).toHaveLength(7);
});

test.each([
  ["D", /^OUT is missing\. Usage: /],
  ["nowhere out", /^nowhere: there is no such file or folder\.$/],
  ["file out", /^file: this is not a folder\.$/],
  ["empty out", /^empty: it has no label files in labelsTr\. Name the folder of one dataset/],
  ["D D", /^D: this is the dataset itself/],
  ["D out --configuration 2d", /^--configuration 2d names a configuration of the plans/],
  ["D file", /^file: this is a file, not a folder\.$/],
  ["D file/out", /^file\/out: file is a file, not a folder\.$/],
  ["D ./empty/../file/deep/out", /^\.\/empty\/\.\.\/file\/deep\/out: file is a file, not a folder\.$/],
  ["broken out", /^dataset\.json: it is not valid JSON at line 1, column 2/],
  ["D out --plans D/dataset.json", /^dataset\.json: it is JSON, but not an nnU-Net plans file/],
  ["D out --plans nowhere.json", /nowhere\.json: there is no such file or folder\.$/],
])("check %s is refused", async (args, message) => {
  writeDataset(at("D"), ["a"]);
  writeDataset(at("broken"), ["a"]);
  writeFiles(base, { file: "", "broken/dataset.json": "{" });
  mkdirSync(at("empty"));
  expect(await refused(args)).toMatch(message);
});

test.each([
  ["D .", /^\.: the dataset D is in this folder\. Name another folder\.$/],
  ["D ..", /^\.\.: the dataset D is in this folder/],
  ["D/ D/.", /^D\/\.: this is the dataset itself/],
  ["D link", /^link: this is the dataset itself/],
  [
    "D D/labelsTr",
    /^D\/labelsTr: labelsTr holds files of the dataset, and nothing else belongs there\. Name/,
  ],
  ["D D/labelsTr/out", /^D\/labelsTr\/out: labelsTr holds files of the dataset/],
  ["D link/imagesTr/new/out", /^link\/imagesTr\/new\/out: imagesTr holds files of the dataset/],
  ["link D/imagesTs", /^D\/imagesTs: imagesTs holds files/],
  ["D P --predictions P", /^P: the predictions are in this folder/],
  ["L L/scans/out", /^L\/scans\/out: scans holds files of the dataset/],
  ["L elsewhere", /^elsewhere: \S+elsewhere holds files of the dataset/],
])("check %s would mix results with the dataset, and writes nothing", async (args, message) => {
  writeDataset(at("D"), ["a"]);
  symlinkSync(at("D"), at("link"));
  const dataset = { a: { images: [at("elsewhere/a.nii.gz")], label: "scans/a.nii.gz" } };
  writeFiles(base, {
    "P/a.nii.gz": "",
    "elsewhere/a.nii.gz": "",
    "L/scans/a.nii.gz": "",
    "L/dataset.json": JSON.stringify({ labels: { background: 0 }, dataset }),
  });
  const before = [...filesOf(base).keys()];
  expect(await refused(args)).toMatch(message);
  expect([...filesOf(base).keys()]).toEqual(before);
  expect(readdirSync(base).sort()).toEqual(["D", "L", "P", "elsewhere", "link"]);
});

test("results may lie in a folder of their own in the dataset, which does not change it", async () => {
  writeDataset(at("D"), ["a", "b"]);
  expect((await check("D D/check")).asked.toSorted()).toEqual(["a", "b"]);
  expect((await check("D D/check --continue")).asked).toEqual([]);
  expect(checkFile("D/check").cases.map(({ name }) => name)).toEqual(["a", "b"]);
});

test.skipIf(process.getuid?.() === 0)("a folder without permission is refused", async () => {
  writeDataset(at("D"), ["a"]);
  mkdirSync(at("locked"), { mode: 0o555 });
  expect(await refused("D locked/out")).toMatch(/no permission to write there/);
  chmodSync(at("D/labelsTr"), 0);
  expect(await refused("D out")).toMatch(/no permission to read it/);
  chmodSync(at("D/labelsTr"), 0o755);
});

test.each([
  ["", 0],
  ["--fail-on error", 1],
  ["--fail-on warning", 1],
])("one unreadable case with '%s': exit code %i", async (option, code) => {
  writeDataset(at("D"), ["a", "b_unreadable"]);
  const args = `D out ${option}`.trim();
  expect((await check(args)).code).toBe(code);
  // What was kept counts as well.
  expect((await check(`${args} --continue`)).code).toBe(code);
});

test("--fail-on error lets warnings pass", async () => {
  writeDataset(at("D"), ["a_warning"]);
  expect((await check("D out --fail-on error")).code).toBe(0);
  expect((await check("D out --fail-on warning")).code).toBe(1);
});

test("a case that loses its worker is checked again, last, and nothing is missing", async () => {
  writeDataset(at("D"), NAMES);
  await check("D whole");
  let times = 0;
  const { code, asked, checkers } = await check("D out", {
    loses: (name) => name === "case_2" && times++ === 0,
  });
  expect(code).toBe(0);
  expect(asked).toHaveLength(NAMES.length + 1);
  expect(asked.at(-1)).toBe("case_2");
  expect(checkers.map(({ isClosed }) => isClosed)).toEqual([true]);
  expect(printed.err).toContain(
    "A worker ended (SIGKILL). case_2 is checked again when the others are done.",
  );
  expect(filesOf(at("out"))).toEqual(filesOf(at("whole")));
});

test("cases that always lose their worker are given up, and stop no other", async () => {
  writeDataset(at("D"), NAMES);
  const kills = ["case_0", "case_3", "case_4"];
  const { code, asked } = await check("D out --fail-on error", {
    workers: 3,
    delayMs: 5,
    loses: (name) => kills.includes(name),
  });
  expect(code).toBe(3);
  expect(readdirSync(at("out/cases"))).toEqual(
    NAMES.filter((name) => !kills.includes(name)).map((name) => `${name}.json`),
  );
  for (const name of kills) {
    expect(asked.filter((one) => one === name)).toHaveLength(3);
    expect(printed.err).toContain(`${name} was not checked: A worker ended (SIGKILL).`);
  }
  expect(printed.err).toMatch(/7 cases: 4 checked, 3 not checked; /);
  // A better machine does the rest.
  const rest = await check("D out --continue");
  expect([rest.code, rest.asked.toSorted()]).toEqual([0, kills]);
});

test.each(["D out", "D out --continue"])(
  "%s: a case that is given up has no record of other files",
  async (args) => {
    writeDataset(at("D"), ["a", "b", "c"]);
    await check("D out");
    writeFileSync(at("D/labelsTr/b.nii.gz"), "other labels");
    const { code } = await check(args, { loses: (name) => name === "b" });
    expect(code).toBe(3);
    expect([...filesOf(at("out")).keys()]).toEqual([
      "cases/a.json",
      "cases/c.json",
      "check.json",
      "pictures/a.png",
      "pictures/c.png",
    ]);
  },
);

test.each([
  ["--workers 2", "and fewer --workers than 2"],
  ["--workers 1", "on a machine with more memory"],
])("with %s, a case that always loses its worker: what to do where memory ran out", async (option, how) => {
  writeDataset(at("D"), ["a", "b", "c"]);
  await check(`D out ${option}`, { loses: (name) => name === "b" });
  expect(printed.err).toMatch(
    `b was not checked: A worker ended (SIGKILL).\nIf memory ran out, start again with --continue ${how}.\n3 cases: `,
  );
});

test("what changed has no record if there are no workers", async () => {
  writeDataset(at("D"), ["a", "b"]);
  await check("D out");
  writeFileSync(at("D/labelsTr/b.nii.gz"), "other labels");
  const open = async (): Promise<never> => {
    throw new WorkerLost("A worker did not start.");
  };
  expect(await checkCommand(["D", "out", "--continue"], base, open)).toBe(3);
  expect(readdirSync(at("out/cases"))).toEqual(["a.json"]);
});

test("a machine that loses every worker is not asked for ever", async () => {
  writeDataset(
    at("D"),
    Array.from({ length: 40 }, (_, i) => `case_${i}`),
  );
  const { code, asked } = await check("D out", { workers: 3, loses: () => true });
  expect(code).toBe(3);
  // Two are under way when the tenth is lost.
  expect(asked.length).toBeGreaterThanOrEqual(10);
  expect(asked.length).toBeLessThanOrEqual(12);
  expect(readdirSync(at("out/cases"))).toEqual([]);
  expect(printed.err).toMatch(/40 cases: 0 checked, 40 not checked; /);
});

test("workers that do not start are tried again, then exit code 3", async () => {
  writeDataset(at("D"), ["a"]);
  let times = 0;
  const open = async (): Promise<never> => {
    times++;
    throw new WorkerLost("A worker did not start.");
  };
  expect(await checkCommand(["D", "out"], base, open)).toBe(3);
  expect(times).toBe(3);
  expect(printed.err).toMatch(/1 case: 0 checked, 1 not checked; /);
});

test("a fault of the checker leaves out its case alone", async () => {
  writeDataset(at("D"), ["a", "throws\u001b[31m", "z"]);
  const { code, checkers } = await check("D out");
  expect(code).toBe(3);
  expect(checkers).toHaveLength(1);
  expect(readdirSync(at("out/cases"))).toEqual(["a.json", "z.json"]);
  expect(printed.err).toContain("throws?[31m was not checked: This is a fault of the checker.\n3 cases: ");
});

test("a disk that fails while cases are written ends it with exit code 2", async () => {
  writeDataset(at("D"), NAMES);
  const checkers: FakeChecker[] = [];
  const message = await refused("D out", async () => {
    rmSync(at("out/cases"), { recursive: true });
    writeFileSync(at("out/cases"), "");
    checkers.push(fakeChecker({ workers: 2, delayMs: 1 }));
    return checkers[0] ?? fakeChecker();
  });
  expect(message).toMatch(/out: \S+out\/cases is a file, not a folder\.$/);
  expect(checkers[0]?.asked.length).toBeLessThanOrEqual(3);
  expect(checkers[0]?.isClosed).toBe(true);
});

test("what an ended process left half written is taken away, but not what another part writes", async () => {
  writeDataset(at("D"), ["a", "b"]);
  const id = "01234567-89ab-cdef-0123-456789abcdef";
  writeFiles(at("out"), {
    [`cases/.a.json.${id}.tmp`]: "{",
    [`pictures/.a.png.${id}.tmp`]: "",
    [`cases/.b.json.${id}.tmp`]: "{",
    [`.check.json.${id}.tmp`]: "{",
  });
  await check("D out --num_parts 2 --part_id 0");
  expect([...filesOf(at("out")).keys()]).toEqual([
    `cases/.b.json.${id}.tmp`,
    "cases/a.json",
    "check.json",
    "pictures/a.png",
  ]);
  await check("D out --num_parts 2 --part_id 1");
  expect([...filesOf(at("out")).keys()].filter((path) => path.endsWith(".tmp"))).toEqual([]);
});

test("--help prints the options and nothing else", async () => {
  expect(await checkCommand(["--help"], base, never)).toBe(0);
  expect(printed.out).toMatch(/^Usage: regionscope check DATASET OUT .*--fail-on SEVERITY .*\n$/s);
  expect(printed.err).toBe("");
});

/** Starts `check` with a slow fake checker in a process of its own. */
function start(args: string): { child: ChildProcess; output: () => string } {
  const script = join(root, "tools/check/testing/fake-check.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, base, ...args.split(" ")], {
    // Where tsx is found.
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout?.on("data", (data: Buffer) => {
    text += data.toString();
  });
  child.stderr?.on("data", (data: Buffer) => {
    text += data.toString();
  });
  return { child, output: () => text };
}

/** Waits until some of the cases have their record. */
async function someDone(least: number): Promise<void> {
  await vi.waitFor(() => expect(readdirSync(at("out/cases")).length).toBeGreaterThanOrEqual(least), {
    timeout: 30_000,
    interval: 2,
  });
}

const MANY = Array.from({ length: 40 }, (_, i) => `case_${String(i).padStart(2, "0")}`);
const isPosix = process.platform !== "win32";

test.runIf(isPosix).each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s ends the process by itself, at once, with whole files and the checker closed",
  async (signal) => {
    writeDataset(at("D"), MANY);
    const { child, output } = start("D out");
    await someDone(4);
    const from = performance.now();
    child.kill(signal);
    const [code, by] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    expect([code, by]).toEqual([null, signal]);
    expect(performance.now() - from).toBeLessThan(5000);
    expect(output()).toContain("closed\n");
    expect(output()).not.toContain("not checked");
    const files = [...filesOf(at("out")).keys()];
    expect(
      files.filter((path) => !/^(check\.json|cases\/case_\d+\.json|pictures\/case_\d+\.png)$/.test(path)),
    ).toEqual([]);
    expect(files.length).toBeLessThan(MANY.length);
    for (const path of files.filter((one) => one.startsWith("cases/")))
      expect(JSON.parse(readFileSync(at("out", path), "utf8"))).toMatchObject({ status: "ok" });
  },
);

test.runIf(isPosix)(
  "killed at random moments and continued, it writes what an undisturbed run writes",
  async () => {
    writeDataset(at("D"), MANY);
    await check("D whole");
    const random = randomFrom(20_240_506);
    for (let kill = 0; kill < 5; kill++) {
      const { child } = start("D out --continue");
      await vi.waitFor(() => expect(existsSync(at("out/cases"))).toBe(true), {
        timeout: 30_000,
        interval: 2,
      });
      await wait(random() * 200);
      child.kill("SIGKILL");
      await once(child, "close");
    }
    expect((await check("D out --continue")).code).toBe(0);
    expect(filesOf(at("out"))).toEqual(filesOf(at("whole")));
  },
);

test.runIf(isPosix)("without a reader of its lines, it checks the cases all the same", async () => {
  writeDataset(at("D"), MANY);
  const { child } = start("D out");
  child.stderr?.destroy();
  expect(await once(child, "close")).toEqual([0, null]);
  expect(readdirSync(at("out/cases"))).toHaveLength(MANY.length);
});
