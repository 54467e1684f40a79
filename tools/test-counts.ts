/** Counts tests from the JSON that vitest and Playwright write. */
import { z } from "zod";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const vitestDocument = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});
const playwrightDocument = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** Counts a file that fails to load as one failure. */
export function vitestCounts(document: unknown): Counts {
  const { numPassedTests, numFailedTests, testResults } = vitestDocument.parse(document);
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

export function playwrightCounts(document: unknown): Counts {
  const { expected, unexpected, flaky } = playwrightDocument.parse(document).stats;
  return { passed: expected, failed: unexpected + flaky };
}

export function addCounts(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}
