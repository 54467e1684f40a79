/** Tests what the commands print with `--help`, against their parsers and docs/commands.md. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseBenchArguments, parseCheckArguments, parseReportArguments } from "./arguments.ts";
import { root } from "./run.ts";
import {
  BENCH_USAGE,
  CHECK_USAGE,
  helpText,
  REPORT_USAGE,
  SERVE_USAGE,
  SUMMARY_USAGE,
  usageLine,
} from "./usage.ts";

const USAGES = [REPORT_USAGE, BENCH_USAGE, CHECK_USAGE, SUMMARY_USAGE, SERVE_USAGE];
const optionsIn = (text: string) => [...new Set(text.match(/--[a-z][a-z_-]+/g))].sort();

test.each(USAGES.map((usage) => [usage.command, helpText(usage)] as const))(
  "%s --help has lines of 96 columns at most, and each option begins one",
  (command, help) => {
    expect(help).toMatch(
      new RegExp(`^Usage: regionscope ${command} .*\\n(       regionscope .*\\n)*\\n[A-Z]`),
    );
    expect(help).toMatch(/\.\n\n {2}\S.*\n {2}--help +print this\n$/s);
    for (const line of help.split("\n")) expect(line.length, line).toBeLessThanOrEqual(96);
    const [, list = ""] = help.split(".\n\n");
    // Each line has an option, or goes on below the sentences.
    for (const line of list.trimEnd().split("\n")) expect(line).toMatch(/^( {2}\S.*| {29}\S.*)$/);
    const begins = list.split("\n").filter((line) => /^ {2}--/.test(line));
    expect(optionsIn(begins.join("\n"))).toEqual(expect.arrayContaining(optionsIn(help)));
  },
);

test("a sentence that is longer than its column goes on below it, with every word", () => {
  const help = helpText(CHECK_USAGE);
  expect(help).toMatch(/\n {2}--reader CLASS {13}class to read with, .*,\n {29}NibabelIO/);
  for (const [, says] of CHECK_USAGE.options) expect(help.replaceAll(/\s+/g, " ")).toContain(says);
});

describe("options", () => {
  const documented = (command: string) => {
    const text = readFileSync(join(root, "docs/commands.md"), "utf8");
    const synopses = [...text.matchAll(new RegExp(`^npm run -s ${command} +-- .*\\n(?: .*\\n)*`, "gm"))].join(
      "\n",
    );
    return optionsIn(synopses.replaceAll(/npm run -s \S+ +-- /g, ""));
  };

  test.each([REPORT_USAGE, BENCH_USAGE, CHECK_USAGE])(
    "$command: those that docs/commands.md has",
    (usage) => {
      expect(documented(usage.command)).not.toEqual([]);
      expect(optionsIn(helpText(usage))).toEqual([...documented(usage.command), "--help"].sort());
    },
  );

  test.each([
    [REPORT_USAGE, parseReportArguments],
    [BENCH_USAGE, parseBenchArguments],
    [CHECK_USAGE, parseCheckArguments],
  ] as const)("those that the parser of $0.command knows", (usage, parse) => {
    for (const option of optionsIn(helpText(usage)))
      expect(() => parse([option]), option).not.toThrow(/Unknown option/);
  });
});

test("the line for a wrong command line is short", () => {
  for (const usage of USAGES) expect(usageLine(usage).length).toBeLessThan(90);
  expect(usageLine(CHECK_USAGE)).toBe("Usage: regionscope check DATASET OUT [OPTION ...]");
});
