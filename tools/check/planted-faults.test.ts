/**
 * Tests `check` and `summary` together on datasets of 30 real cases with planted faults: they find each of
 * them in its cases, and nothing else.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { CaseRecord } from "../../src/domain/dataset-check/case-record.ts";
import type { DatasetFinding } from "../../src/domain/dataset-check/dataset-finding.ts";
import type { CheckedLine, Summary } from "../../src/domain/dataset-check/summary.ts";
import { root } from "../run.ts";
import { summaryCommand } from "../summary/summary-command.ts";
import { type Ended, ended } from "../testing/ended.ts";
import {
  caseName,
  NUMBERS,
  type PlantedDataset,
  writeFaultyDataset,
  writeHealthyDataset,
  writeMissplitDataset,
} from "./testing/planted-dataset.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "regionscope-planted-"));
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function check(...args: readonly string[]): Promise<Ended> {
  const command = ["--import", "tsx", join(root, "tools/cli.ts"), "check", ...args];
  return ended(spawn(process.execPath, command, { cwd: root, stdio: ["ignore", "pipe", "pipe"] }));
}

interface Found {
  readonly summary: Summary;
  /** As {@link brief} writes them, sorted. */
  readonly findings: readonly string[];
  readonly caseFindings: readonly string[];
  /** Severities and codes in each case's record, sorted, in the order of the cases. */
  readonly records: readonly (readonly string[])[];
}

async function checked(name: string, write: (folder: string) => Promise<PlantedDataset>): Promise<Found> {
  const { dataset, plans, predictions } = await write(join(folder, name));
  const out = join(folder, name, "out");
  const compared = predictions === null ? [] : ["--predictions", predictions];
  const run = await check(dataset, out, "--plans", plans, ...compared);
  expect(run, run.err).toMatchObject({ code: 0, out: "" });
  expect(await summaryCommand([out], folder)).toBe(0);
  const summary: Summary = JSON.parse(readFileSync(join(out, "summary.json"), "utf8"));
  const files = readdirSync(join(out, "cases")).sort();
  expect(files).toHaveLength(NUMBERS.length);
  return {
    summary,
    findings: summary.findings.map(brief).sort(),
    caseFindings: summary.caseFindings.map(brief).sort(),
    records: files.map((file) => codesOf(JSON.parse(readFileSync(join(out, "cases", file), "utf8")))),
  };
}

/** What "outlier-geometry" and "outlier-volume" are about. */
const KINDS = /spacing|shape|orientation|reader|volume|pieces/;

/** "warning region-rare [stone] 03 16, folds 2 4": severity, code, regions or labels, cases and folds. */
function brief({ severity, code, title, regions, labels, cases, folds = [] }: DatasetFinding): string {
  const kind = code.startsWith("outlier-") ? KINDS.exec(title) : null;
  const about = regions.length > 0 ? regions : labels;
  const numbers = cases.map((name) => name.replace("case_", ""));
  return [
    severity,
    code,
    ...(kind ?? []),
    ...(about.length > 0 ? [`[${about.join(" ")}]`] : []),
    ...(cases.length === NUMBERS.length ? ["in all"] : numbers),
    ...(folds.length > 0 ? ["folds", ...folds] : []),
  ].join(" ");
}

function codesOf(record: CaseRecord): string[] {
  if (record.status === "unreadable") return ["unreadable"];
  const { findings, prediction } = record;
  const ofPrediction = prediction && ("refused" in prediction ? [prediction.refused] : prediction.findings);
  return [...findings, ...(ofPrediction ?? [])].map(({ severity, code }) => `${severity} ${code}`).sort();
}

/** Training mirrors left and right, which every case with its kidneys in place notes. */
const MIRRORED = "info sides";
const MIRRORED_IN_ALL = `${MIRRORED} [kidney_left kidney_right] in all`;
/** A case lacks a region that others have, or a label of the definition. */
const ABSENT = ["info label-unseen", "info region-absent"];

test("nothing is found in a dataset without a fault", async () => {
  const { findings, caseFindings, records, summary } = await checked("healthy", writeHealthyDataset);
  expect(findings).toEqual([]);
  expect(caseFindings).toEqual([MIRRORED_IN_ALL]);
  expect(records).toEqual(NUMBERS.map(() => [MIRRORED]));
  expect(summary.counts).toMatchObject({ cases: 30, checked: 30 });
  expect(summary.regions.map(({ prediction }) => prediction?.dice?.mean)).toEqual(
    summary.regions.map(() => 1),
  );
});

test("every planted fault is found in its cases, and nothing else", async () => {
  const { findings, caseFindings, records, summary } = await checked("faulty", writeFaultyDataset);
  expect(findings).toEqual(
    [
      // Files.
      "error case-channels 02 03",
      "warning case-incomplete 04",
      "error case-incomplete 05",
      "warning file-ending 06",
      "warning case-in-test 07",
      "error case-unreadable 22",
      "error training-cases",
      "error definition-outdated [2 3]",
      // Labels. The split is that of 28 cases: one has no image, and one another ending.
      "warning duplicate-case 00 01 folds 0 4",
      "error label-unexpected [77] 08",
      "warning background-only 09",
      "warning label-unseen [spleen]",
      "warning region-rare [stone] 03 16 26 28",
      "info labels-together [8 9] 02 07 08 10 12 14 16 17 19 21",
      "warning region-missing-in-fold [stone] 03 16 26 28 folds 2 4",
      "error region-missing-in-fold [cyst] 12 13 18 21 23 25 folds 2",
      "warning region-missing-in-fold [cyst] 12 13 18 21 23 25 folds 0 1 3 4",
      // Apart from the rest.
      "warning outlier-geometry spacing 10",
      "warning outlier-geometry shape 11",
      "warning outlier-geometry orientation 12",
      "warning outlier-volume volume [liver] 14",
      "warning outlier-volume pieces [kidney_left] 15",
      "warning outlier-volume pieces [kidney_right] 16",
      "warning outlier-side [liver lesion] 17",
      "error sides [kidney_left kidney_right] 18",
      "warning region-vanishes [lesion] 19 21",
      "error vanishes-in-resampling [lesion] 20",
      // Predictions.
      "error prediction-missing 23",
      "error prediction-grid 24",
      "warning prediction-labels [55] 25",
      "error prediction-unreadable 26",
    ].sort(),
  );
  expect(caseFindings).toEqual([]);

  // The spleen is in no case.
  const others: Readonly<Record<number, readonly string[]>> = {
    5: ["unreadable"],
    6: [...ABSENT, MIRRORED, "warning file-ending"],
    8: ["error label-unexpected", ...ABSENT, MIRRORED],
    9: ["warning background-only"],
    18: ["error sides", ...ABSENT],
    19: [...ABSENT, MIRRORED, "warning region-vanishes"],
    20: ["error vanishes-in-resampling", ...ABSENT, MIRRORED],
    21: [...ABSENT, MIRRORED, "warning region-vanishes"],
    22: ["unreadable"],
    23: ["error prediction-missing", ...ABSENT, MIRRORED],
    24: ["error prediction-grid", ...ABSENT, MIRRORED],
    25: [...ABSENT, MIRRORED, "warning prediction-labels"],
    26: ["error prediction-unreadable", ...ABSENT, MIRRORED],
  };
  expect(records).toEqual(NUMBERS.map((i) => others[i] ?? [...ABSENT, MIRRORED]));

  // 30 cases but for the two unreadable and the empty one have the lesion.
  const lesion = { name: "lesion", cases: 27, vanishesInResampling: 1, vanishesAtScale: 2 };
  expect(summary.regions).toContainEqual(expect.objectContaining(lesion));
  const shares = ["region-vanishes", "vanishes-in-resampling"].map(
    (wanted) => summary.findings.find(({ code }) => code === wanted)?.title,
  );
  expect(shares).toEqual([
    expect.stringContaining("2 of 27 cases"),
    expect.stringContaining("1 of 27 cases"),
  ]);
  expect(measuresApart(summary)).toEqual({
    [caseName(14)]: ["liver volume"],
    [caseName(15)]: ["kidney_left components"],
    [caseName(16)]: ["kidney_right components", "kidney_right specks"],
    [caseName(17)]: ["lesion side", "liver side"],
  });
});

/** By the name of the case. */
function measuresApart({ cases, regions }: Summary): Readonly<Record<string, readonly string[]>> {
  const read = cases.filter((line): line is CheckedLine => line.status === "ok");
  const apart = read.filter(({ outliers }) => outliers.length > 0);
  return Object.fromEntries(
    apart.map(({ name, outliers }) => [
      name,
      outliers
        .flatMap(({ region, measures }) => measures.map((measure) => `${regions[region]?.name} ${measure}`))
        .sort(),
    ]),
  );
}

test("faults of splits_final.json, and another reader, are found, and nothing else", async () => {
  const { findings, caseFindings, records } = await checked("missplit", writeMissplitDataset);
  expect(findings).toEqual(
    [
      "warning case-in-no-fold 01",
      "error case-in-no-fold 29_seg",
      "warning fold-overlap 00 folds 0",
      "error region-missing-in-fold [cyst] 06 11 16 21 26 folds 1",
      "warning region-missing-in-fold [cyst] 06 11 16 21 26 folds 0 2 3 4",
      "warning outlier-geometry reader 13",
      // Without file_ending, readers follow the files.
      "error keys-missing",
    ].sort(),
  );
  expect(caseFindings).toEqual([MIRRORED_IN_ALL]);
  const hasCyst = [6, 11, 16, 21, 26];
  expect(records).toEqual(
    NUMBERS.map((i) => ["error keys-missing", ...(hasCyst.includes(i) ? [] : ABSENT), MIRRORED]),
  );
});
