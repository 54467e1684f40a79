/**
 * `npm test`: installs a browser if there is none, then checks types, lint, unit and kernel tests, the
 * documented commands, and browser tests, in this order; finally shows where the time went.
 *
 * `npm test -- NAME …` runs the test files whose paths contain one of the names; `--shard 2/3` runs the
 * second of three parts, so that machines can share a run; `--quick` runs a selection from every layer and
 * view.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { COMMAND_TESTS } from "./readme-commands.ts";
import { bin, Failure, main, readOptions, root, run } from "./run.ts";
import { ensureBrowser } from "./setup-browser.ts";
import BUDGET from "./test-budget.json" with { type: "json" };
import { addCounts, type Counts, playwrightCounts, vitestCounts } from "./test-counts.ts";
import { playwrightTimes, type SuiteTime, type TestTime, timesReport, vitestTimes } from "./test-times.ts";

const USAGE = "Usage: npm test -- [NAME ...] [--shard I/N] [--quick]";

/** A quick selection for kernels, paths and viewers: the file of each that reveals most faults. */
const QUICK_GPU = [
  "oracle",
  "paths.gpu",
  "encode-planes",
  "pool-words",
  "viewer.gpu",
  "surface",
  "src/workers",
  "src/app",
  "src/features",
];

interface Step {
  readonly name: string;
  run(): Promise<number>;
  /** Reads the output of the step's JSON reporter. */
  readonly read?: { counts(document: unknown): Counts; times(document: unknown): TestTime[] };
  readonly file?: string;
}

interface Options {
  /** Where reporters write. */
  readonly folder: string;
  /** Parts of paths; empty for all files. */
  readonly names: readonly string[];
  readonly shard: { readonly index: number; readonly count: number } | null;
  readonly quick: boolean;
}

/** @param projects names in vitest.config.ts; they run at the same time */
function vitest(projects: readonly string[], { folder, names, shard, quick }: Options): Step {
  const name = `vitest ${projects.join(", ")}`;
  const file = join(folder, `${projects.join("-")}.json`);
  return {
    name,
    file,
    run: () =>
      run(bin("vitest"), [
        "run",
        ...(quick && projects.includes("gpu") ? QUICK_GPU : names),
        "--passWithNoTests",
        ...projects.flatMap((project) => ["--project", project]),
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${file}`,
        ...(shard ? [`--shard=${shard.index}/${shard.count}`] : []),
      ]),
    read: { counts: vitestCounts, times: (document) => vitestTimes(name, document, root) },
  };
}

/**
 * Browser tests that may run side by side, and those that measure. There is one worker more than cores, as
 * each test waits for the page now and then.
 */
const BROWSER_SUITES = [
  {
    name: "playwright",
    projects: ["gpu as it is", "default limits"],
    workers: Math.min(3, availableParallelism() + 1),
  },
  { name: "playwright alone", projects: ["alone", "stock clocks"], workers: 1 },
] as const;

/** @param specs files below the project's root */
function playwright(
  { name, projects, workers }: (typeof BROWSER_SUITES)[number],
  specs: readonly string[],
  { folder, names, shard, quick }: Options,
): Step {
  const file = join(folder, `${name.replaceAll(" ", "-")}.json`);
  return {
    name,
    file,
    run: () =>
      run(
        bin("playwright"),
        [
          "test",
          // Playwright searches absolute paths, where a name may match another part, so it gets the exact
          // files.
          ...(names.length === 0 ? [] : specs.map((spec) => `${spec.replaceAll(".", "\\.")}$`)),
          "--reporter=list,json",
          "--pass-with-no-tests",
          ...(quick ? ["--grep", "@quick"] : []),
          // The first project of each suite holds each spec once, on the GPU as it is.
          ...(quick ? projects.slice(0, 1) : projects).flatMap((project) => ["--project", project]),
          "--workers",
          `${workers}`,
          ...(shard ? [`--shard=${shard.index}/${shard.count}`] : []),
        ],
        { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } },
      ),
    read: { counts: playwrightCounts, times: (document) => playwrightTimes(name, document) },
  };
}

function stepsOf(options: Options): Step[] {
  const { names, shard, quick } = options;
  const isWanted = (path: string) => names.length === 0 || names.some((name) => path.includes(name));
  const isFirst = shard === null || shard.index === 1;
  const commands = isFirst && !quick && COMMAND_TESTS.some(isWanted);
  const specs = readdirSync(join(root, "e2e"))
    .filter((file) => file.endsWith(".spec.ts"))
    .map((file) => `e2e/${file}`)
    .filter(isWanted);
  return [
    {
      name: "browser",
      run: async () => {
        const found = await ensureBrowser((text) => process.stdout.write(`${text}\n`));
        process.stdout.write(`${found.executablePath}\n`);
        return 0;
      },
    },
    ...(isFirst && names.length === 0
      ? [
          { name: "types", run: () => run(bin("tsc"), ["-p", "."]) },
          { name: "lint and format", run: () => run(bin("biome"), ["check", "--error-on-warnings"]) },
        ]
      : []),
    vitest(["node"], options),
    // Each of the two projects uses little more than one core.
    ...(quick
      ? [vitest(["gpu"], options)]
      : [vitest(["gpu", "gpu-limits"], options), vitest(["gpu-times"], options)]),
    ...(commands || specs.length > 0
      ? [{ name: "build", run: () => run(bin("vite"), ["build", "--logLevel", "warn"]) }]
      : []),
    ...(commands ? [vitest(["commands"], { ...options, shard: null })] : []),
    ...(specs.length > 0 ? BROWSER_SUITES.map((suite) => playwright(suite, specs, options)) : []),
  ];
}

await main(async () => {
  const options = readTestOptions();
  const { folder, names, shard, quick } = options;
  const suites: SuiteTime[] = [];
  const tests: TestTime[] = [];
  let total: Counts = { passed: 0, failed: 0 };
  let exitCode = 0;
  try {
    for (const step of stepsOf(options)) {
      process.stdout.write(`\n== ${step.name}\n`);
      const from = performance.now();
      exitCode = await step.run();
      const seconds = (performance.now() - from) / 1000;
      suites.push({ suite: step.name, seconds });
      const document =
        step.file && existsSync(step.file) ? JSON.parse(readFileSync(step.file, "utf8")) : null;
      if (step.read && document !== null) {
        total = addCounts(total, step.read.counts(document));
        tests.push(...step.read.times(document));
      }
      const ending = exitCode === 0 ? "ok" : `failed (exit ${exitCode})`;
      process.stdout.write(`== ${step.name}: ${ending}, ${seconds.toFixed(1)} s\n`);
      if (exitCode !== 0) break;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const isWhole = names.length === 0 && shard === null && !quick;
  process.stdout.write(`\n${timesReport(tests, suites, isWhole ? BUDGET : null)}\n`);
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  if (exitCode === 0 && total.passed === 0 && names.length > 0)
    throw new Failure(`No test ran: no test file has ${names.join(" or ")} in its path.`, 2);
  return exitCode;
});

function readTestOptions(): Options {
  const { values, positionals } = readOptions(
    { shard: { type: "string" }, quick: { type: "boolean", default: false } },
    USAGE,
    true,
  );
  const shard = shardOf(values.shard);
  const folder = mkdtempSync(join(tmpdir(), "regionscope-test-"));
  return { folder, names: positionals, shard, quick: values.quick };
}

function shardOf(text: string | undefined): Options["shard"] {
  if (text === undefined) return null;
  const [index = 0, count = 0] = text.split("/").map(Number);
  if (!/^\d+\/\d+$/.test(text) || index < 1 || index > count)
    throw new Failure(`--shard ${text}: write the part and their number, as in 2/3. ${USAGE}`, 2);
  return { index, count };
}
