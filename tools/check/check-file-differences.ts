/** Says in words how two files `check.json` differ. */
import { joinNames } from "../../src/base/join-names.ts";
import type { CheckFile, CheckOptions } from "../../src/domain/dataset-check/check-file.ts";

interface Differences {
  /** What makes earlier records useless: one clause each, without a full stop. */
  readonly others: readonly string[];
  /** What does not: cases that came, went or have other files, and their splits. */
  readonly cases: readonly string[];
}

/** Options in the words of the command line. */
const OPTIONS: Readonly<Record<keyof CheckOptions, string>> = {
  configuration: "--configuration",
  trainer: "--trainer",
  reader: "--reader",
  mode: "--mode",
  grid: "--grid",
  cases: "--cases",
  predictions: "--predictions",
  toleranceMm: "--tolerance",
};
const NAMES_SHOWN = 3;

/** @param there text of the file in the folder */
export function checkFileDifferences(there: string, check: CheckFile): Differences {
  const old = parsed(there);
  if (old?.schema !== check.schema)
    return { others: ["its check.json was not written by this command"], cases: [] };
  const others: string[] = [];
  const differ = (a: unknown, b: unknown) => JSON.stringify(a ?? null) !== JSON.stringify(b ?? null);
  if (differ(old.version, check.version))
    others.push(`version ${String(old.version)} there, ${check.version} here`);
  if (differ(old.dataset, check.dataset))
    others.push(`dataset ${String(old.dataset)} there, ${check.dataset} here`);
  for (const option of Object.keys(OPTIONS) as (keyof CheckOptions)[]) {
    const [before, now] = [old.options?.[option], check.options[option]];
    if (differ(before, now)) others.push(`${OPTIONS[option]} ${shown(before)} there, ${shown(now)} here`);
  }
  if (differ(old.definition, check.definition)) others.push("dataset.json differs");
  if (differ(old.plans, check.plans)) others.push("the plans differ");
  if (differ(old.preprocessedDefinition, check.preprocessedDefinition))
    others.push("dataset.json beside the plans differs");
  const cases = casesDiffer(old, check);
  if (differ(old.testCases, check.testCases)) cases.push("imagesTs has other cases");
  if (differ(old.splits, check.splits)) cases.push("the splits differ");
  // The same content in other words, as after an edit by hand.
  if (others.length + cases.length === 0) cases.push("its check.json was edited");
  return { others, cases };
}

function casesDiffer(old: Partial<CheckFile>, check: CheckFile): string[] {
  const before = new Map((old.cases ?? []).map((one) => [one.name, JSON.stringify(one)]));
  const now = new Map(check.cases.map((one) => [one.name, JSON.stringify(one)]));
  const came = [...now.keys()].filter((name) => !before.has(name));
  const went = [...before.keys()].filter((name) => !now.has(name));
  const changed = [...now].filter(([name, files]) => before.has(name) && before.get(name) !== files);
  return [
    ...named(came, "new"),
    ...named(went, "gone"),
    ...named(
      changed.map(([name]) => name),
      "other files of",
    ),
  ];
}

function named(names: readonly string[], what: string): string[] {
  return names.length > 0 ? [`${what} ${joinNames(names, NAMES_SHOWN)}`] : [];
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "not given";
  if (value === true) return "given";
  if (value === false) return "not given";
  return Array.isArray(value) ? joinNames(value.map(String), NAMES_SHOWN) : String(value);
}

function parsed(text: string): Partial<CheckFile> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}
