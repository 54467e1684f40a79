/** The workloads of the suite, and its table and JSON. */
import { expect, test } from "vitest";
import { SUITE, suiteJson, suiteMarkdown, workloadName } from "./suite.ts";
import { exampleResult } from "./testing/example-result.ts";

const result = {
  runs: SUITE.slice(0, 2).map((run) => ({ run, benchmark: exampleResult() })),
  pages: [{ what: "first grid", median: 700, least: 650, most: 812.5 }],
  browser: "Chromium 1",
};

test("the suite varies one input at a time and includes channel counts that fill words", () => {
  const counts = SUITE.filter(({ size, strides, mode, targetFormat }) =>
    [size, strides, mode, targetFormat].every((part) =>
      [128, "isotropic", "nearest-exact", "byte"].includes(part),
    ),
  ).map(({ channels }) => channels);
  expect(counts).toEqual([1, 2, 4, 8, 16, 31, 32, 33, 64, 73, 96]);
  expect(SUITE.map(workloadName)).toContain("128³, 31 channels, anisotropic");
  expect(new Set(SUITE.map(workloadName)).size).toBe(SUITE.length);
});

test("the table has one row per workload, equally many cells in each, and the page's times", () => {
  const lines = suiteMarkdown(result).split("\n");
  const table = lines.filter((line) => line.startsWith("| 128³"));
  expect(table).toHaveLength(2);
  const cells = lines.find((line) => line.startsWith("| workload"))?.split("|").length;
  for (const line of table) expect(line.split("|")).toHaveLength(cells ?? 0);
  expect(lines).toContain("| first grid | 700 | 650 | 813 |");
});

test("the JSON holds each workload with the document that bench writes for it", () => {
  const json = suiteJson(result);
  expect(json.runs).toHaveLength(2);
  expect(json.runs[0]).toMatchObject({ channels: 1, strides: "isotropic", schema: "regionscope.bench/1" });
});
