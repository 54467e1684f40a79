/**
 * Shows where the time of a test run went, from the JSON that vitest and Playwright write, beside the budget.
 */
import { z } from "zod";

/** One test, or one file of tests. */
export interface TestTime {
  readonly suite: string;
  /** File and title. */
  readonly name: string;
  readonly seconds: number;
}

export interface SuiteTime {
  readonly suite: string;
  /** Wall-clock time, including startup and shutdown. */
  readonly seconds: number;
}

/** Seconds that each suite may take on two quiet cores. */
type Budget = Readonly<Record<string, number>>;

/** A suite that exceeds its budget by this factor gets a warning. */
const TOO_LONG = 1.5;
const LONGEST = 10;

const vitestDocument = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), duration: z.number().nullish(), status: z.string() }),
      ),
    }),
  ),
});

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(z.object({ projectName: z.string(), results: z.array(z.object({ duration: z.number() })) })),
});
const playwrightSuite = z.object({
  specs: z.array(playwrightSpec).default([]),
  get suites() {
    return z.array(playwrightSuite).default([]);
  },
});
type PlaywrightSuite = z.infer<typeof playwrightSuite>;
const playwrightDocument = z.object({ suites: z.array(playwrightSuite) });

/** @param root the folder for relative file names */
export function vitestTimes(suite: string, document: unknown, root: string): TestTime[] {
  return vitestDocument.parse(document).testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "passed" || status === "failed")
      .map(({ fullName, duration }) => ({
        suite,
        name: `${name.replace(`${root}/`, "")} › ${fullName}`,
        seconds: (duration ?? 0) / 1000,
      })),
  );
}

export function playwrightTimes(suite: string, document: unknown): TestTime[] {
  const below = ({ specs, suites }: PlaywrightSuite): TestTime[] => [
    ...specs.flatMap(({ title, file, tests }) =>
      tests.map(({ projectName, results }) => ({
        suite,
        name: `[${projectName}] ${file} › ${title}`,
        seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1000,
      })),
    ),
    ...suites.flatMap(below),
  ];
  return playwrightDocument.parse(document).suites.flatMap(below);
}

/**
 * Lists the ten longest tests, the total of each suite beside its budget, and a warning for each suite that
 * took at least half as long again.
 */
export function timesReport(
  tests: readonly TestTime[],
  suites: readonly SuiteTime[],
  budget: Budget | null,
): string {
  const longest = [...tests].sort((a, b) => b.seconds - a.seconds).slice(0, LONGEST);
  const lines = [
    ...(longest.length > 0 ? ["The longest tests", ...longest.map(longLine), ""] : []),
    "Suites",
    ...suites.map(({ suite, seconds }) => {
      const planned = budget?.[suite];
      return `${inSeconds(seconds)}  ${suite}${planned === undefined ? "" : ` (planned: ${planned} s)`}`;
    }),
    `${inSeconds(suites.reduce((sum, { seconds }) => sum + seconds, 0))}  in all`,
    ...suites.flatMap(({ suite, seconds }) => {
      const planned = budget?.[suite];
      return planned !== undefined && seconds > TOO_LONG * planned
        ? [
            `Warning: ${suite} took ${(seconds / planned).toFixed(1)} times the ${planned} s planned in tools/test-budget.json.`,
          ]
        : [];
    }),
  ];
  return lines.join("\n");
}

function longLine({ seconds, suite, name }: TestTime): string {
  return `${inSeconds(seconds)}  ${suite}: ${name}`;
}

function inSeconds(seconds: number): string {
  return `${seconds.toFixed(1).padStart(8)} s`;
}
