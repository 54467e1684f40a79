/** Implements `summary`. */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { errorMessage, InputError } from "../../src/base/errors.ts";
import { plural } from "../../src/base/format-numbers.ts";
import { joinNames } from "../../src/base/join-names.ts";
import { type Summary, summarize } from "../../src/domain/dataset-check/summary.ts";
import { casesTable, foldsTable, summaryJson } from "../../src/domain/dataset-check/summary-files.ts";
import { SEVERITIES } from "../../src/domain/findings/finding.ts";
import { summaryPage } from "../../src/features/dataset-check/summary-page.ts";
import { parseDataset } from "../../src/formats/dataset/dataset.ts";
import { parsePlans } from "../../src/formats/dataset/plans.ts";
import { Failure } from "../run.ts";
import { helpText, SUMMARY_USAGE, usageLine } from "../usage.ts";
import { readOut } from "./read-out.ts";

const MISSING = 1;
const BAD_INPUT = 2;

/**
 * Writes `cases.tsv`, `folds.tsv`, `summary.json` and `summary.html` into the folder of a check, and one
 * account of them to stderr.
 *
 * @param args those after the command's name
 * @param base absolute path of the folder for relative paths
 * @returns 0; 1 if cases of check.json have no record, which the files and stderr name
 * @throws Failure with exit code 2 for a wrong command line and for a folder that cannot be read or written
 */
export async function summaryCommand(args: readonly string[], base: string): Promise<number> {
  const given = folderOf(args);
  if (given === "help") {
    process.stdout.write(helpText(SUMMARY_USAGE));
    return 0;
  }
  const out = resolve(base, given);
  const { check, records, pictures } = readOut(out, given);
  const summary = summarize(check, records, {
    definition: parsed(check.definition, `${given}/check.json, definition`, parseDataset),
    preprocessed: parsed(
      check.preprocessedDefinition,
      `${given}/check.json, preprocessedDefinition`,
      parseDataset,
    ),
    transpose: parsed(check.plans, `${given}/check.json, plans`, parsePlans)?.transposeForward ?? null,
  });
  writeAll(out, given, {
    "cases.tsv": casesTable(summary),
    "folds.tsv": foldsTable(summary),
    "summary.json": summaryJson(summary),
    "summary.html": summaryPage(summary, pictures),
  });
  process.stderr.write(`${account(summary, given)}\n`);
  return summary.missing.length > 0 ? MISSING : 0;
}

/** @throws Failure, with the usage, unless there is one argument */
function folderOf(args: readonly string[]): string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { help: { type: "boolean" } },
      allowPositionals: true,
    });
    if (values.help) return "help";
    const [folder, ...others] = positionals;
    if (folder === undefined || folder === "" || others.length > 0)
      throw new Error("Name one folder, the one that the check wrote to.");
    return folder;
  } catch (error) {
    throw new Failure(`${errorMessage(error)} ${usageLine(SUMMARY_USAGE)}`, BAD_INPUT);
  }
}

function parsed<T>(text: string | null, file: string, parse: (text: string, file: string) => T): T | null {
  if (text === null) return null;
  try {
    return parse(text, file);
  } catch (error) {
    if (error instanceof InputError) throw new Failure(error.message, BAD_INPUT);
    throw error;
  }
}

/** Each file is written beside and renamed, so that a reader never sees half of one. */
function writeAll(out: string, given: string, files: Readonly<Record<string, string>>): void {
  const written = Object.entries(files).map(([name, text]) => ({
    text,
    path: join(out, name),
    beside: join(out, `.${name}.${process.pid}.part`),
  }));
  try {
    for (const { beside, text } of written) writeFileSync(beside, text);
    for (const { beside, path } of written) renameSync(beside, path);
  } catch (error) {
    for (const { beside } of written) rmSync(beside, { force: true });
    throw new Failure(`${given}: the summary cannot be written (${errorMessage(error)}).`, BAD_INPUT);
  }
}

/** One line, and one more where cases are missing. */
function account({ counts, findings, missing, dataset }: Summary, given: string): string {
  const tally = SEVERITIES.flatMap((severity) => {
    const n = findings.filter((one) => one.severity === severity).length;
    return n === 0 ? [] : [plural(n, severity === "info" ? "note" : severity)];
  });
  const unreadable = counts.unreadable > 0 ? `, ${counts.unreadable} unreadable` : "";
  const first =
    `${dataset || basename(given)}: ${plural(counts.cases, "case")}${unreadable}, ` +
    `${tally.length > 0 ? joinNames(tally) : "no findings"} of the dataset. ${join(given, "summary.html")}`;
  if (missing.length === 0) return first;
  return `${first}\n${plural(missing.length, "case")} not checked: ${missing.join(", ")}`;
}
