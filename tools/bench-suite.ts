/**
 * `npm run bench -- --suite`: runs every workload of the suite, then times the page itself; writes one JSON
 * and one Markdown table.
 */
import { writeFile } from "node:fs/promises";
import { mismatchCount } from "../src/benchmark/result.ts";
import type { PageTime, SuiteResult, SuiteRun } from "../src/benchmark/suite.ts";
import { SUITE, suiteJson, suiteMarkdown, workloadName } from "../src/benchmark/suite.ts";
import { QUICK } from "./arguments.ts";
import type { Headless } from "./headless.ts";
import { timePage } from "./page-timing.ts";
import { progress } from "./run.ts";

const PAGE = { openings: 3, moves: 15 } as const;
const QUICK_PAGE = { openings: 1, moves: 1, samples: 1 } as const;

interface SuiteOptions {
  readonly batch: number;
  readonly repeats: number;
  /** Absolute paths; null writes no file. */
  readonly json: string | null;
  readonly markdown: string | null;
  /** Shrinks every workload to QUICK, and times one sample in the page. */
  readonly quick: boolean;
}

/** @returns number of target voxels that differed between paths, over the whole suite */
export async function runSuite(app: Headless, options: SuiteOptions): Promise<number> {
  const { batch, repeats, quick } = options;
  const runs: SuiteResult["runs"][number][] = [];
  const suite = quick ? SUITE.map(smaller) : SUITE;
  for (const [at, run] of suite.entries()) {
    progress(`${at + 1} of ${suite.length}: ${workloadName(run)}…`);
    runs.push({ run, benchmark: await app.bench({ ...run, batch, repeats }) });
  }
  const pages: PageTime[] = [];
  await timePage(app.page, quick ? QUICK_PAGE : PAGE, (time) => {
    progress(`${time.what}…`);
    pages.push(time);
  });
  progress("");
  const result: SuiteResult = { runs, pages, browser: app.browserName };
  const table = suiteMarkdown(result);
  if (options.json) await writeFile(options.json, `${JSON.stringify(suiteJson(result), null, 2)}\n`);
  if (options.markdown) await writeFile(options.markdown, table);
  process.stdout.write(table);
  return runs.reduce((sum, { benchmark }) => sum + mismatchCount(benchmark), 0);
}

function smaller(run: SuiteRun): SuiteRun {
  const { size, channels } = run;
  return { ...run, size: Math.min(size, QUICK.size), channels: Math.min(channels, QUICK.channels) };
}
