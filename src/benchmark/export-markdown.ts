/** Writes a benchmark as Markdown. */
import { plural } from "../base/format-numbers.ts";
import { formatFigure, formatRatio, formatSeconds, formatShare } from "../base/format-units.ts";
import { PATH_NAMES, STAGES } from "../domain/targets/target-paths.ts";
import type { BenchmarkRecord } from "./benchmark-record.ts";
import { howMeasured } from "./explanation.ts";
import { adapterName } from "./export-csv.ts";
import { ISSUE_2136 } from "./issue-2136.ts";
import { ISSUE_3063 } from "./issue-3063.ts";
import { project } from "./projection.ts";
import type { ProjectionInputs } from "./projection-inputs.ts";
import { type BenchmarkResult, cpuRatio, mismatchCount, speedups } from "./result.ts";
import { cellText, type RowName, resultRows } from "./result-rows.ts";
import { crossing, SWEEP_BATCH, SWEEP_REPEATS } from "./sweep.ts";

/** Writes tables to paste into an issue: one row per stage, one column per path. */
export function toMarkdown(record: BenchmarkRecord): string {
  return [...benchmarkTable(record), ...sweepTable(record), ...projectionTable(record)].join("\n");
}

const SUMS: readonly RowName[] = ["loader part", "total"];
const ROWS: readonly RowName[] = [
  ...STAGES,
  ...SUMS,
  "uploaded",
  "GPU peak",
  "array peak",
  "mismatches",
  "speed-up, loader part",
  "speed-up, total",
];

function benchmarkTable({ benchmark, caseName }: BenchmarkRecord): string[] {
  const { workload, clock, repeats } = benchmark;
  const names = PATH_NAMES.filter((name) => benchmark.paths[name]);
  const subject = caseName ?? "pseudo-random label volume";
  return [
    `**Regionscope**: ${escaped(subject)}, ${plural(workload.channels, "channel")} at ${plural(workload.scales.length, "scale")}, ` +
      `${workload.batch} × ${workload.shape.join(" × ")} voxels, ${workload.mode}, one ${workload.targetFormat} a target voxel. ${escaped(adapterName(benchmark))}; ` +
      `GPU times by ${clock === "timestamp-query" ? "timestamp queries" : "wall clock"}. Median (quartiles) of ${repeats} runs, ms a batch.`,
    "",
    row("stage", names),
    `| --- |${" ---: |".repeat(names.length)}`,
    ...resultRows(benchmark, ROWS).map(({ name, cells }) =>
      row(SUMS.includes(name) ? `**${name}**` : name, cells.map(cellText)),
    ),
    ...(speedups(benchmark)
      ? []
      : ["", "No speed-up is stated: targets differ from `per-channel`, or were not compared."]),
    ...cpuLines(benchmark),
    ...benchmark.skipped.map(({ path, reason }) => `\n\`${path}\` was not measured: ${escaped(reason)}`),
    ...benchmark.failed.map(({ path, reason }) => `\n\`${path}\` failed: ${escaped(reason)}`),
    "",
    ...howMeasured(benchmark).map((sentence) => `- ${sentence}`),
    "",
  ];
}

/** States in one sentence what packing replaces. */
function cpuLines(benchmark: BenchmarkResult): string[] {
  if (!benchmark.cpu) return [];
  const { convertMs, downsampleMs, loaderMs } = benchmark.cpu;
  const ratios = PATH_NAMES.flatMap((path) => {
    const times = path === "per-channel" ? null : cpuRatio(benchmark, path);
    return times === null ? [] : [`\`${path}\` ${formatRatio(times)}`];
  });
  return [
    "",
    `The CPU alone, one thread: ${formatFigure(convertMs)} to convert and ${formatFigure(downsampleMs)} to downsample, together ${formatFigure(loaderMs)}.` +
      (ratios.length > 0 ? ` Loader parts against that: ${ratios.join(", ")}.` : ""),
  ];
}

function sweepTable({ sweep }: BenchmarkRecord): string[] {
  if (!sweep || sweep.length === 0) return [];
  const names = PATH_NAMES.filter((name) => sweep.some((point) => point.loaderMs[name] !== undefined));
  const overtakes = names.flatMap((name) => {
    const channels = name === "per-channel" ? null : crossing(sweep, "per-channel", name);
    return channels === null
      ? []
      : [`\`${name}\` overtakes \`per-channel\` at ${channels.toFixed(1)} channels.`];
  });
  return [
    `Loader part by channels, median ms of ${SWEEP_REPEATS} runs, batch ${SWEEP_BATCH}:`,
    "",
    row("channels", names),
    `| ---: |${" ---: |".repeat(names.length)}`,
    ...sweep.map((point) =>
      row(
        String(point.channels),
        names.map((name) => point.loaderMs[name]?.toFixed(2) ?? "–"),
      ),
    ),
    "",
    ...(overtakes.length > 0 ? [overtakes.join(" "), ""] : []),
  ];
}

function projectionTable({ benchmark, projection }: BenchmarkRecord): string[] {
  if (mismatchCount(benchmark) > 0) return [];
  const projected = project(benchmark, projection);
  return [
    `Projected to ${projection.trainIterations} + ${projection.validationIterations} iterations ` +
      `(batch ${projection.batchSize}, ${projection.loaderWorkers} loader workers, network step ${projection.networkStepMs} ms):`,
    "",
    "| path | time per epoch | network idle |",
    "| --- | ---: | ---: |",
    ...projected.paths.map(
      ({ path, epochSeconds, idleShare, atMost }) =>
        `| ${path} | ${formatSeconds(epochSeconds, atMost)} | ${formatShare(idleShare, atMost)} |`,
    ),
    ...reportedBy(projection.preset).rows.map(
      (reported) =>
        `| ${reported.name} (reported by ${reportedBy(projection.preset).title}) | ${formatSeconds(reported.epochSeconds)} | |`,
    ),
    "",
    ...projected.assumptions.map((sentence) => `- ${sentence}`),
    "",
  ];
}

function reportedBy(preset: ProjectionInputs["preset"]) {
  return preset === "issue-3063" ? ISSUE_3063 : ISSUE_2136;
}

function row(head: string, cells: readonly string[]): string {
  return `| ${[head, ...cells].join(" | ")} |`;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
