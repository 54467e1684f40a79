/** Defines the workloads of the benchmark's suite and writes its results as a table. */
import { formatBound, formatMiB, formatMs, formatRatio, formatTimes } from "../base/format-units.ts";
import { PATH_NAMES, type PathName } from "../domain/targets/target-paths.ts";
import { benchJson } from "./export.ts";
import { adapterName } from "./export-csv.ts";
import { type BenchmarkResult, speedups } from "./result.ts";
import { type SweepPoint, sweepPoint } from "./sweep.ts";

/** One workload of the suite. */
export interface SuiteRun {
  readonly size: number;
  readonly channels: number;
  readonly strides: "isotropic" | "anisotropic";
  readonly mode: "nearest-exact" | "resize-segmentation";
  readonly targetFormat: "byte" | "bit";
}

const DEFAULT_RUN: SuiteRun = {
  size: 128,
  channels: 31,
  strides: "isotropic",
  mode: "nearest-exact",
  targetFormat: "byte",
};

const CHANNELS = [1, 2, 4, 8, 16, 31, 32, 33, 64, 73, 96] as const;
const SIZES = [64, 96, 192] as const;

/** Varies one thing at a time from the default workload. */
export const SUITE: readonly SuiteRun[] = [
  ...CHANNELS.map((channels) => ({ ...DEFAULT_RUN, channels })),
  ...SIZES.map((size) => ({ ...DEFAULT_RUN, size })),
  { ...DEFAULT_RUN, strides: "anisotropic" },
  { ...DEFAULT_RUN, mode: "resize-segmentation" },
  { ...DEFAULT_RUN, targetFormat: "bit" },
];

/** Times of the page itself in ms: median, minimum and maximum. */
export interface PageTime {
  readonly what: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** A workload and its measured result. */
export interface SuiteMeasured {
  readonly run: SuiteRun;
  readonly benchmark: BenchmarkResult;
}

export interface SuiteResult {
  readonly runs: readonly SuiteMeasured[];
  readonly pages: readonly PageTime[];
  /** Name and version of the browser. */
  readonly browser: string;
}

export function suiteJson({ runs, pages, browser }: SuiteResult) {
  return {
    schema: "regionscope.bench-suite/1",
    browser,
    measuredAt: runs[0]?.benchmark.measuredAt ?? null,
    runs: runs.map(({ run, benchmark }) => ({
      ...run,
      repeats: benchmark.repeats,
      ...benchJson(benchmark),
      cpu: benchmark.cpu,
    })),
    pages,
  };
}

/** Writes a Markdown table with one row per workload, then one with a row per page time. */
export function suiteMarkdown({ runs, pages, browser }: SuiteResult): string {
  const first = runs[0]?.benchmark;
  if (!first) return "";
  const heads = [
    "workload",
    ...PATH_NAMES.map((name) => `\`${name}\` loader / decode`),
    "loader, times faster",
    "total, times faster",
    "decode to limit",
    "GPU peak",
    "mismatches",
  ];
  return [
    `${adapterName(first)}, ${browser}. ${first.workload.batch} patches, ${first.repeats} runs of each path in alternation, medians in ms a batch (sums are of the stages' medians). Pairs are \`bit-packed\`, \`label-first\`.`,
    "",
    row(heads),
    row(heads.map((_, i) => (i === 0 ? "---" : "---:"))),
    ...runs.map(({ run, benchmark }) => row([workloadName(run), ...cells(benchmark)])),
    ...(pages.length === 0
      ? []
      : [
          "",
          row(["page", "median, ms", "least", "most"]),
          row(["---", "---:", "---:", "---:"]),
          ...pages.map(({ what, median, least, most }) =>
            row([what, formatMs(median), formatMs(least), formatMs(most)]),
          ),
        ]),
    "",
  ].join("\n");
}

/** Gives the suite's channel counts as the points of a sweep: the default workload with other channels. */
export function suiteCurve(runs: readonly SuiteMeasured[]): SweepPoint[] {
  return runs
    .filter(({ run }) => workloadName(run) === workloadName({ ...DEFAULT_RUN, channels: run.channels }))
    .map(({ benchmark }) => sweepPoint(benchmark));
}

export function workloadName({ size, channels, strides, mode, targetFormat }: SuiteRun): string {
  const parts = [`${size}³`, `${channels} ${channels === 1 ? "channel" : "channels"}`];
  if (strides !== DEFAULT_RUN.strides) parts.push(strides);
  if (mode !== DEFAULT_RUN.mode) parts.push(mode);
  if (targetFormat !== DEFAULT_RUN.targetFormat) parts.push(`one ${targetFormat} a voxel`);
  return parts.join(", ");
}

const PACKED: readonly PathName[] = ["bit-packed", "label-first"];

function cells(benchmark: BenchmarkResult): string[] {
  const { paths, limits, verified, failed } = benchmark;
  const ratios = speedups(benchmark);
  const pair = (of: (name: PathName) => string) => PACKED.map(of).join(", ");
  const ratio = (name: PathName, part: "loader" | "total") => {
    const value = ratios?.[part][name];
    return value === undefined ? "–" : formatRatio(value);
  };
  return [
    ...PATH_NAMES.map((name) => {
      const timing = paths[name];
      if (!timing) return failed.some(({ path }) => path === name) ? "failed" : "–";
      return `${formatBound(timing.loaderMs)} / ${formatBound(timing.stages.decode)}`;
    }),
    pair((name) => ratio(name, "loader")),
    pair((name) => ratio(name, "total")),
    pair((name) => {
      const [decode, limit] = [paths[name]?.stages.decode, limits.trafficMs[name]?.decode];
      return decode && limit && !decode.atMost ? formatTimes(decode.median / limit) : "–";
    }),
    PATH_NAMES.map((name) => formatMiB(paths[name]?.peakGpuBytes ?? 0)).join(", "),
    pair((name) => String(verified[name]?.mismatches ?? "–")),
  ];
}

const row = (texts: readonly string[]) => `| ${texts.join(" | ")} |`;
