/**
 * `npm run bench`: the three paths on a fixed workload, timed by the built application in a headless browser.
 */
import { writeFile } from "node:fs/promises";
import { formatFigure, formatMs, formatRatio } from "../src/base/format-units.ts";
import { howMeasured } from "../src/benchmark/explanation.ts";
import { adapterName, benchJson } from "../src/benchmark/export.ts";
import {
  type BenchmarkResult,
  mismatchCount,
  PATH_NAMES,
  STAGES,
  speedups,
} from "../src/benchmark/result.ts";
import { BENCH_USAGE, parseBenchArguments, UsageError } from "./arguments.ts";
import { runSuite } from "./bench-suite.ts";
import { Headless } from "./headless.ts";
import { Failure, fileToWrite, main, progress } from "./run.ts";

const UNEQUAL = "Targets differ between paths, so the times compare unequal work.";

await main(async () => {
  const parsed = read();
  if (parsed === "help") {
    process.stdout.write(`${BENCH_USAGE}\n`);
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
    const comparison = await app.bench(request);
    progress("");
    if (json) await writeFile(json, `${JSON.stringify(benchJson(comparison), null, 2)}\n`);
    process.stdout.write(`${summary(comparison).join("\n")}\n`);
    if (mismatchCount(comparison) > 0) throw new Failure(UNEQUAL);
    return 0;
  } finally {
    await app.close();
  }
});

function read() {
  try {
    return parseBenchArguments(process.argv.slice(2));
  } catch (error) {
    if (error instanceof UsageError) throw new Failure(error.message, 2);
    throw error;
  }
}

function summary(comparison: BenchmarkResult): string[] {
  const { workload, repeats, clock } = comparison;
  const names = PATH_NAMES.filter((name) => comparison.paths[name]);
  const timings = names.flatMap((name) => comparison.paths[name] ?? []);
  const line = (head: string, cells: string[]) =>
    head.padEnd(22) + cells.map((cell) => cell.padStart(24)).join("");
  const ratios = speedups(comparison);
  return [
    `${workload.batch} x ${workload.shape.join(" x ")}, ${workload.channels} channels, ${workload.scales.length} scales, ${workload.mode}, one ${workload.targetFormat} a target voxel`,
    `${adapterName(comparison)}; GPU times by ${clock === "wall" ? "wall clock" : "timestamp queries"}; median (quartiles) of ${repeats} runs, ms`,
    line("", [...names]),
    ...STAGES.map((stage) =>
      line(
        stage,
        timings.map((timing) => formatFigure(timing.stages[stage])),
      ),
    ),
    line(
      "loader part",
      timings.map((timing) => formatFigure(timing.loaderMs)),
    ),
    line(
      "total",
      timings.map((timing) => formatFigure(timing.totalMs)),
    ),
    line(
      "limit, downsample",
      names.map((name) => formatMs(comparison.limits.trafficMs[name]?.downsample ?? Number.NaN)),
    ),
    line(
      "limit, decode",
      names.map((name) => formatMs(comparison.limits.trafficMs[name]?.decode ?? Number.NaN)),
    ),
    line(
      "mismatches",
      names.map((name) => String(comparison.verified[name]?.mismatches ?? "-")),
    ),
    ...(ratios
      ? [
          line(
            "speed-up, loader part",
            names.map((name) => (ratios.loader[name] ? formatRatio(ratios.loader[name]) : "1×")),
          ),
          line(
            "speed-up, total",
            names.map((name) => (ratios.total[name] ? formatRatio(ratios.total[name]) : "1×")),
          ),
        ]
      : []),
    ...(comparison.cpu
      ? [
          `the CPU alone, one thread: ${formatFigure(comparison.cpu.convertMs)} to convert, ${formatFigure(comparison.cpu.downsampleMs)} to downsample`,
        ]
      : []),
    ...comparison.skipped.map(({ path, reason }) => `${path} was not measured: ${reason}`),
    ...comparison.failed.map(({ path, reason }) => `${path} failed: ${reason}`),
    ...howMeasured(comparison),
  ];
}
