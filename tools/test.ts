/** `npm test`: installs a browser if there is none, then types, lint, unit and kernel tests, the commands of README.md, and browser tests, in this order. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bin, main, run } from "./run.ts";
import { ensureBrowser } from "./setup-browser.ts";
import { addCounts, type Counts, playwrightCounts, vitestCounts } from "./test-counts.ts";

interface Step {
  readonly name: string;
  run(): Promise<number>;
  /** Reads what the step's JSON reporter wrote. */
  readonly count?: () => Counts;
}

const folder = mkdtempSync(join(tmpdir(), "regionscope-test-"));

function vitest(project: string): Step {
  const file = join(folder, `${project}.json`);
  return {
    name: `vitest ${project}`,
    run: () =>
      run(bin("vitest"), [
        "run",
        "--project",
        project,
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${file}`,
      ]),
    count: () => readCounts(file, vitestCounts),
  };
}

function playwright(): Step {
  const file = join(folder, "e2e.json");
  return {
    name: "playwright e2e",
    run: () =>
      run(bin("playwright"), ["test", "--reporter=list,json"], {
        env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      }),
    count: () => readCounts(file, playwrightCounts),
  };
}

const STEPS: readonly Step[] = [
  {
    name: "browser",
    run: async () => {
      const browser = await ensureBrowser((text) => process.stdout.write(`${text}\n`));
      process.stdout.write(`${browser.executablePath}\n`);
      return 0;
    },
  },
  { name: "types", run: () => run(bin("tsc"), ["-p", "."]) },
  { name: "lint and format", run: () => run(bin("biome"), ["check", "--error-on-warnings"]) },
  vitest("node"),
  vitest("gpu"),
  vitest("gpu-limits"),
  { name: "build", run: () => run(bin("vite"), ["build", "--logLevel", "warn"]) },
  vitest("commands"),
  playwright(),
];

await main(async () => {
  let total: Counts = { passed: 0, failed: 0 };
  let exitCode = 0;
  try {
    for (const step of STEPS) {
      process.stdout.write(`\n== ${step.name}\n`);
      const from = performance.now();
      exitCode = await step.run();
      const seconds = ((performance.now() - from) / 1000).toFixed(1);
      if (step.count) total = addCounts(total, step.count());
      process.stdout.write(
        `== ${step.name}: ${exitCode === 0 ? "ok" : `failed (exit ${exitCode})`}, ${seconds} s\n`,
      );
      if (exitCode !== 0) break;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  return exitCode;
});

function readCounts(file: string, read: (document: unknown) => Counts): Counts {
  return existsSync(file) ? read(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 0 };
}
