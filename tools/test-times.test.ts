/** Tests the times read from test reports, and their summary. */
import { expect, test } from "vitest";
import { playwrightTimes, timesReport, vitestTimes } from "./test-times.ts";

test("vitest's tests have their file, relative to the root, and seconds; skipped ones took none", () => {
  const assertionResults = [
    { fullName: "grid › is odd", duration: 1500, status: "passed" },
    { fullName: "grid › is even", duration: null, status: "skipped" },
  ];
  const document = { testResults: [{ name: "/project/src/grid.test.ts", assertionResults }] };
  expect(vitestTimes("vitest node", document, "/project")).toEqual([
    { suite: "vitest node", name: "src/grid.test.ts › grid › is odd", seconds: 1.5 },
  ]);
});

test("Playwright's tests are found in nested suites, once per project, with all of their tries", () => {
  const spec = (title: string, projectName: string, ...durations: number[]) => ({
    title,
    file: "planes.spec.ts",
    tests: [{ projectName, results: durations.map((duration) => ({ duration })) }],
  });
  const suites = [{ specs: [spec("a", "one", 1000)], suites: [{ specs: [spec("b", "two", 2000, 500)] }] }];
  expect(playwrightTimes("e2e", { suites })).toEqual([
    { suite: "e2e", name: "[one] planes.spec.ts › a", seconds: 1 },
    { suite: "e2e", name: "[two] planes.spec.ts › b", seconds: 2.5 },
  ]);
});

test("the ten longest come first, and a suite 50 % over its planned time gives a warning", () => {
  const tests = Array.from({ length: 12 }, (_, i) => ({ suite: "e2e", name: `test ${i}`, seconds: i }));
  const suites = [
    { suite: "e2e", seconds: 151 },
    { suite: "node", seconds: 20 },
  ];
  const lines = timesReport(tests, suites, { e2e: 100, node: 15 }).split("\n");
  expect(lines.slice(0, 2)).toEqual(["The longest tests", "    11.0 s  e2e: test 11"]);
  expect(lines.filter((line) => line.includes("e2e: test"))).toHaveLength(10);
  expect(lines).toContain("   151.0 s  e2e (planned: 100 s)");
  expect(lines).toContain("   171.0 s  in all");
  expect(lines.filter((line) => line.startsWith("Warning"))).toEqual([
    "Warning: e2e took 1.5 times the 100 s planned in tools/test-budget.json.",
  ]);
});
