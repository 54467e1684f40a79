/** Tests the counts that test reports give. */
import { expect, test } from "vitest";
import { addCounts, playwrightCounts, vitestCounts } from "./test-counts.ts";

test("vitest's tests are counted; a file that does not load is one failure", () => {
  const testResults = [
    { status: "failed", assertionResults: [{ status: "failed" }] },
    { status: "failed", assertionResults: [] },
    { status: "passed", assertionResults: [{ status: "passed" }] },
  ];
  expect(vitestCounts({ numPassedTests: 7, numFailedTests: 1, testResults })).toEqual({
    passed: 7,
    failed: 2,
  });
});

test("Playwright's flaky tests do not count as passed", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3, duration: 10 };
  expect(playwrightCounts({ stats })).toEqual({ passed: 5, failed: 3 });
});

test("counts are added up", () => {
  expect(addCounts({ passed: 1, failed: 2 }, { passed: 3, failed: 4 })).toEqual({ passed: 4, failed: 6 });
});
