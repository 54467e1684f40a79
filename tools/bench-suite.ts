/** `npm run bench -- --suite`: every workload of the suite, then the page itself; one JSON and one Markdown table. */
import { writeFile } from "node:fs/promises";
import { mismatchCount } from "../src/timing/comparison.ts";
import type { PageTime, SuiteResult } from "../src/timing/suite.ts";
import { SUITE, suiteJson, suiteMarkdown, workloadName } from "../src/timing/suite.ts";
import type { Headless } from "./headless.ts";
import { timePage } from "./page-timing.ts";
import { progress } from "./run.ts";

const PAGE = { openings: 3, moves: 15 } as const;

export interface SuiteOptions {
  readonly batch: number;
  readonly repeats: number;
  /** Absolute paths, or null for none. */
  readonly json: string | null;
  readonly markdown: string | null;
}

/** @returns target voxels that differed between paths, over the whole suite */
export async function runSuite(app: Headless, options: SuiteOptions): Promise<number> {
  const { batch, repeats } = options;
  const runs: SuiteResult["runs"][number][] = [];
  for (const [at, run] of SUITE.entries()) {
    progress(`${at + 1} of ${SUITE.length}: ${workloadName(run)}…`);
    runs.push({ run, comparison: await app.bench({ ...run, batch, repeats }) });
  }
  const pages: PageTime[] = [];
  await timePage(app.page, PAGE, (time) => {
    progress(`${time.what}…`);
    pages.push(time);
  });
  progress("");
  const result: SuiteResult = { runs, pages, browser: app.browserName };
  const table = suiteMarkdown(result);
  if (options.json) await writeFile(options.json, `${JSON.stringify(suiteJson(result), null, 2)}\n`);
  if (options.markdown) await writeFile(options.markdown, table);
  process.stdout.write(table);
  return runs.reduce((sum, { comparison }) => sum + mismatchCount(comparison), 0);
}
