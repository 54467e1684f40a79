/** Tests, without a browser, what `npm run report` asks of the page and what it prints. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../src/domain/report/report.ts";
import type { ReportAnswer } from "../src/shell/automation.ts";
import type { ReportRequest } from "../src/shell/for-tools.ts";
import { reportCommand } from "./report-command.ts";
import { Failure } from "./run.ts";

let base = "";
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "regionscope-report-test-"));
  for (const path of ["labels/case.nii.gz", "images/case.nii.gz", "dataset.json", "plans.json"]) {
    mkdirSync(join(base, path, ".."), { recursive: true });
    writeFileSync(join(base, path), path);
  }
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** A fake page that gives this answer and records its calls. */
function page(answer: ReportAnswer) {
  const asked: { paths: readonly string[]; request: ReportRequest }[] = [];
  const report = async (paths: readonly string[], request: ReportRequest) => {
    asked.push({ paths, request });
    return answer;
  };
  return { asked, open: async () => ({ report }) };
}

const never = async (): Promise<never> => {
  throw new Error("No browser is needed.");
};
const REPORT = { schema: "regionscope.report/1", verified: null } as unknown as Report;
const FILES = ["--labels", "labels/case.nii.gz", "--image", "images/case.nii.gz"];

test("files of the same name are kept apart, each with its role", async () => {
  const { asked, open } = page({ ok: true, report: REPORT });
  const more = ["--dataset", "dataset.json", "--plans", "plans.json", "--trainer", "ddp"];
  const { stdout, stderr } = await reportCommand([...FILES, ...more], base, open);
  expect(JSON.parse(stdout)).toEqual(REPORT);
  expect(stderr).toBe("");
  expect(asked).toHaveLength(1);
  expect(asked[0]?.paths.map((path) => basename(path))).toEqual([
    "case.nii.gz",
    "dataset.json",
    "plans.json",
    "2-case.nii.gz",
  ]);
  expect(asked[0]?.request).toMatchObject({
    labels: ["case.nii.gz"],
    image: "2-case.nii.gz",
    dataset: "dataset.json",
    plans: "plans.json",
    labelTable: null,
    configuration: null,
    trainer: "ddp",
  });
});

test("a .nii beside a .nii.gz is found on disk, though it is not opened", async () => {
  const { asked, open } = page({ ok: true, report: REPORT });
  await reportCommand(FILES, base, open);
  expect(asked[0]?.request).not.toHaveProperty("besides");
  writeFileSync(join(base, "images/case.nii"), "");
  await reportCommand(FILES, base, open);
  rmSync(join(base, "images/case.nii"));
  expect(asked[1]?.request.besides).toEqual(["2-case.nii.gz"]);
  expect(asked[1]?.paths).toHaveLength(2);
});

test("the page's sentence about a file names the given path, in one line and with exit code 2", async () => {
  const { open } = page({ ok: false, sentence: "2-case.nii.gz: it is empty.\nSave it again." });
  const failure = await reportCommand(FILES, base, open).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ message: "images/case.nii.gz: it is empty. Save it again.", exitCode: 2 });
});

test("a report is written to the named file, and nothing to stdout", async () => {
  const out = join(base, "report.json");
  const printed = await reportCommand(
    [...FILES, "--out", out],
    base,
    page({ ok: true, report: REPORT }).open,
  );
  expect(printed).toEqual({ stdout: "", stderr: "" });
  expect(JSON.parse(readFileSync(out, "utf8"))).toEqual(REPORT);
});

test("--verify all says so if nothing was compared", async () => {
  const { open } = page({ ok: true, report: REPORT });
  const { stderr } = await reportCommand([...FILES, "--verify", "all"], base, open);
  expect(stderr).toMatch(/^--verify all compared nothing: .*\n$/);
});

test.each([
  [["--labels", "missing.nii.gz"], /missing\.nii\.gz/],
  [["--labels", "labels/case.nii.gz", "--mode", "bilinear"], /--mode/],
  [[...FILES, "--out", "none/report.json"], /none/],
] as const)("%s is refused before a browser starts", async (args, about) => {
  const failure = await reportCommand(args, base, never).catch((error: unknown) => error);
  expect(failure).toMatchObject({ message: expect.stringMatching(about), exitCode: 2 });
});

test("the usage needs no browser", async () => {
  expect((await reportCommand(["--help"], base, never)).stdout).toContain("--labels FILE");
});
