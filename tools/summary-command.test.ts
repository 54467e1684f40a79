/** Tests what `npm run summary` writes, refuses and says. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recordNames } from "../src/domain/dataset-check/record-names.ts";
import { type Dataset, healthyDataset } from "../src/domain/testing/dataset-records.ts";
import { Failure } from "./run.ts";
import { summaryCommand } from "./summary/summary-command.ts";

let base = "";
let stderr = "";

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "regionscope-summary-test-"));
  stderr = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(base, { recursive: true, force: true });
});

const FILES = ["cases.tsv", "folds.tsv", "summary.html", "summary.json"];
const read = (out: string, name: string) => readFileSync(join(base, out, name), "utf8");

function write(out: string, { check, records }: Dataset): void {
  for (const folder of ["cases", "pictures"]) mkdirSync(join(base, out, folder), { recursive: true });
  writeFileSync(join(base, out, "check.json"), `${JSON.stringify(check, null, 2)}\n`);
  const files = recordNames(records.map((record) => record.case.name));
  for (const record of records)
    writeFileSync(
      join(base, out, "cases", `${files.get(record.case.name)}.json`),
      `${JSON.stringify(record, null, 2)}\n`,
    );
}

async function refusal(args: readonly string[]): Promise<string> {
  const failure = await summaryCommand(args, base).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  if (!(failure instanceof Failure)) return "";
  expect(failure.exitCode).toBe(2);
  expect(failure.message).not.toContain("\n");
  return failure.message;
}

test("four files are written, and nothing else, with one line about them", async () => {
  write("out", healthyDataset(6));
  writeFileSync(join(base, "out/pictures/case_001.png"), "");
  expect(await summaryCommand(["out"], base)).toBe(0);
  expect(readdirSync(join(base, "out")).sort()).toEqual(["cases", "check.json", "pictures", ...FILES].sort());
  expect(stderr).toBe("Dataset001_Abdomen: 6 cases, no findings of the dataset. out/summary.html\n");
  expect(JSON.parse(read("out", "summary.json"))).toMatchObject({
    schema: "regionscope.summary/1",
    counts: { cases: 6, checked: 6 },
    findings: [],
  });
  expect(read("out", "cases.tsv").split("\n")).toHaveLength(1 + 6 * 5 + 1);
  const page = read("out", "summary.html");
  expect(page.match(/<img /g)).toHaveLength(1);
  expect(page).toContain('src="pictures/case_001.png"');
});

test("the same records give the same bytes, whenever they were written", async () => {
  const dataset = healthyDataset(7);
  write("a", dataset);
  write("b", { ...dataset, records: dataset.records.toReversed() });
  for (const out of ["a", "b", "a"]) await summaryCommand([out], base);
  for (const name of FILES) expect(read("b", name), name).toBe(read("a", name));
});

test("missing records are named, with exit code 1, and everything is written", async () => {
  const dataset = healthyDataset(8);
  dataset.records.splice(2, 2);
  write("out", dataset);
  expect(await summaryCommand(["out"], base)).toBe(1);
  expect(stderr).toContain("\n2 cases not checked: case_002, case_003\n");
  expect(JSON.parse(read("out", "summary.json")).missing).toEqual(["case_002", "case_003"]);
  expect(read("out", "summary.html")).toContain("2 cases have no record");
});

test.each(["Müller 1", "a/b", ".."])("the files of a case called %s are found", async (name) => {
  const { check, records } = healthyDataset(6);
  const [one, ...others] = records;
  const cases = check.cases.map((listed, i) => (i === 0 ? { ...listed, name } : listed));
  const renamed = one?.status === "ok" ? [{ ...one, case: { ...one.case, name } }] : [];
  write("out", { check: { ...check, cases }, records: [...renamed, ...others] });
  const file = `${recordNames([name]).get(name)}.png`;
  writeFileSync(join(base, "out/pictures", file), "");
  expect(await summaryCommand(["out"], base)).toBe(0);
  expect(JSON.parse(read("out", "summary.json"))).toMatchObject({ missing: [], counts: { checked: 6 } });
  expect(read("out", "summary.html")).toContain(`src="pictures/${encodeURIComponent(file)}"`);
});

test("a record of a case that is not listed is left out", async () => {
  const dataset = healthyDataset(6);
  const check = { ...dataset.check, cases: dataset.check.cases.slice(0, 5) };
  write("out", { ...dataset, check });
  writeFileSync(join(base, "out/cases/.case_001.json.part"), "{");
  expect(await summaryCommand(["out"], base)).toBe(0);
  expect(read("out", "cases.tsv")).not.toContain("case_005");
});

test("no case at all gives a page that says so", async () => {
  write("out", healthyDataset(0));
  expect(await summaryCommand(["out"], base)).toBe(0);
  expect(read("out", "summary.html")).toContain("<p>No case was read.</p>");
});

test.each([
  [[], "Name one folder, the one that the check wrote to. Usage: regionscope summary OUT"],
  [["a", "b"], "Name one folder"],
  [["--fast"], "Unknown option '--fast'"],
  [["nowhere"], "nowhere: there is no such folder. Name the one that a check wrote."],
])("the command line %j is refused", async (args, sentence) => {
  expect(await refusal(args)).toContain(sentence);
});

test.each([
  ["check.json", null, "out/check.json: there is no such file. Name the folder that a check wrote."],
  ["check.json", "{", "out/check.json: it is not valid JSON, as if it was cut off."],
  ["check.json", '{"schema": "regionscope.check/2"}', "out/check.json: it is not what this version"],
  ["cases/case_001.json", "", "out/cases/case_001.json: it is empty. Delete it and run the check again"],
  ["cases/case_001.json", '{"status": "ok"', "out/cases/case_001.json: it is not valid JSON"],
  ["cases/case_001.json", '{"status": "done"}', "out/cases/case_001.json: it is not what this version"],
  [
    "cases/case_001.json",
    JSON.stringify({
      schema: "regionscope.report/1",
      status: "unreadable",
      case: { name: "case_002" },
      sentence: "It is cut off.",
    }),
    "out/cases/case_001.json: it is the record of another case, case_002.",
  ],
])("a damaged %s is one sentence, and nothing is written", async (file, text, sentence) => {
  write("out", healthyDataset(3));
  if (text === null) rmSync(join(base, "out", file));
  else writeFileSync(join(base, "out", file), text);
  expect(await refusal(["out"])).toContain(sentence);
  expect(readdirSync(join(base, "out")).filter((name) => FILES.includes(name))).toEqual([]);
});

test("a definition that is no dataset.json is refused with its place", async () => {
  const dataset = healthyDataset(3);
  write("out", { ...dataset, check: { ...dataset.check, definition: '{"labels": 3,}' } });
  expect(await refusal(["out"])).toContain("out/check.json, definition: it is not valid JSON at line 1");
});

test("a page cannot be broken by the names of regions and cases", async () => {
  const dataset = healthyDataset(9);
  const odd = '<script>alert("1")</script>&\'\t\n';
  const check = { ...dataset.check, dataset: odd, definition: null };
  const records = dataset.records.map((record) =>
    record.status === "ok"
      ? {
          ...record,
          regions: record.regions.map((region, r) => ({ ...region, name: r === 0 ? odd : region.name })),
        }
      : record,
  );
  write("out", { check, records });
  expect(await summaryCommand(["out"], base)).toBe(0);
  const page = read("out", "summary.html");
  expect(page).not.toContain("<script");
  expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;");
  expect(JSON.parse(read("out", "summary.json")).regions[0].name).toBe(odd);
});
