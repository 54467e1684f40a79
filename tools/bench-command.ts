/** `bench`: times the three paths on a fixed workload, with the built application in a headless browser. */
import { writeFile } from "node:fs/promises";
import { formatFigure } from "../src/base/format-units.ts";
import { howMeasured } from "../src/benchmark/explanation.ts";
import { benchJson } from "../src/benchmark/export.ts";
import { adapterName } from "../src/benchmark/export-csv.ts";
import { type BenchmarkResult, mismatchCount } from "../src/benchmark/result.ts";
import { cellText, type RowName, resultRows } from "../src/benchmark/result-rows.ts";
import { PATH_NAMES, STAGES } from "../src/domain/targets/target-paths.ts";
import { parseBenchArguments, UsageError } from "./arguments.ts";
import { runSuite } from "./bench-suite.ts";
import { Headless } from "./headless.ts";
import { Failure, fileToWrite, print, progress } from "./run.ts";
import { BENCH_USAGE, helpText } from "./usage.ts";

const UNEQUAL = "Targets differ between paths, so the times compare unequal work.";

const ROWS: readonly RowName[] = [
  ...STAGES,
  "loader part",
  "total",
  "downsample limit",
  "decode limit",
  "mismatches",
  "speed-up, loader part",
  "speed-up, total",
];

/**
 * @param args those after the command's name
 * @returns the exit code
 * @throws Failure, with exit code 2 for an invalid command line
 */
export async function benchCommand(args: readonly string[]): Promise<number> {
  const parsed = read(args);
  if (parsed === "help") {
    await print(helpText(BENCH_USAGE));
    return 0;
  }
  const { suite, quick, json: jsonGiven, markdown: markdownGiven, ...request } = parsed;
  const json = jsonGiven && fileToWrite("bench", "--json", jsonGiven);
  const markdown = markdownGiven && fileToWrite("bench", "--markdown", markdownGiven);
  const app = await Headless.open(progress);
  try {
    if (suite) {
      const { batch, repeats } = request;
      const files = { json, markdown, quick };
      if ((await runSuite(app, { batch, repeats, ...files })) > 0) throw new Failure(UNEQUAL);
      return 0;
    }
    progress("Measuring…");
    const benchmark = await app.bench(request);
    progress("");
    if (json) await writeFile(json, `${JSON.stringify(benchJson(benchmark), null, 2)}\n`);
    await print(`${summary(benchmark).join("\n")}\n`);
    if (mismatchCount(benchmark) > 0) throw new Failure(UNEQUAL);
    return 0;
  } finally {
    await app.close();
  }
}

function read(args: readonly string[]) {
  try {
    return parseBenchArguments(args);
  } catch (error) {
    if (error instanceof UsageError) throw new Failure(error.message, 2);
    throw error;
  }
}

function summary(benchmark: BenchmarkResult): string[] {
  const { workload, repeats, clock } = benchmark;
  const names = PATH_NAMES.filter((name) => benchmark.paths[name]);
  const line = (head: string, cells: string[]) =>
    head.padEnd(22) + cells.map((cell) => cell.padStart(24)).join("");
  return [
    `${workload.batch} x ${workload.shape.join(" x ")}, ${workload.channels} channels, ${workload.scales.length} scales, ${workload.mode}, one ${workload.targetFormat} a target voxel`,
    `${adapterName(benchmark)}; GPU times by ${clock === "wall" ? "wall clock" : "timestamp queries"}; median (quartiles) of ${repeats} runs, ms`,
    line("", [...names]),
    ...resultRows(benchmark, ROWS).map(({ name, cells }) => line(name, cells.map(cellText))),
    ...(benchmark.cpu
      ? [
          `the CPU alone, one thread: ${formatFigure(benchmark.cpu.convertMs)} to convert, ${formatFigure(benchmark.cpu.downsampleMs)} to downsample`,
        ]
      : []),
    ...benchmark.skipped.map(({ path, reason }) => `${path} was not measured: ${reason}`),
    ...benchmark.failed.map(({ path, reason }) => `${path} failed: ${reason}`),
    ...howMeasured(benchmark),
  ];
}
