import type { Ratio } from "../base/times.ts";
import { ISSUE_2136 } from "./issue-2136.ts";
import { ISSUE_3063 } from "./issue-3063.ts";
import { project } from "./projection.ts";
import {
  type BackendName,
  type BenchmarkResult,
  mismatchCount,
  PATH_NAMES,
  type PathName,
  speedups,
} from "./result.ts";
import type { TimingRecord } from "./timing-record.ts";

export { adapterName, toCsv } from "./export-csv.ts";
export { toMarkdown } from "./export-markdown.ts";

/** What version 1 of both documents calls the backends. */
const DESIGNS: Readonly<Record<BackendName, string>> = { compute: "computed", raster: "drawn" };

/** A number where it is one, its bound where it is not, null where nothing is known. */
function ratioJson(
  ratio: Ratio,
): number | { readonly moreThan: number } | { readonly lessThan: number } | null {
  if (ratio.kind === "exact") return ratio.times;
  if (ratio.kind === "more") return { moreThan: ratio.times };
  return ratio.kind === "less" ? { lessThan: ratio.times } : null;
}

function speedupJson(comparison: BenchmarkResult) {
  const ratios = speedups(comparison);
  if (!ratios) return null;
  const each = (part: Partial<Record<PathName, Ratio>>) =>
    Object.fromEntries(Object.entries(part).map(([name, ratio]) => [name, ratioJson(ratio)]));
  return { loader: each(ratios.loader), total: each(ratios.total) };
}

/**
 * Figures of the paths that were measured; `{"failed": reason}` of those that the GPU did not carry through.
 */
function pathsJson({ paths, failed }: BenchmarkResult) {
  return Object.fromEntries(
    PATH_NAMES.flatMap((name): [string, unknown][] => {
      const failure = failed.find(({ path }) => path === name);
      if (failure) return [[name, { failed: failure.reason }]];
      return paths[name] ? [[name, paths[name]]] : [];
    }),
  );
}

/**
 * `regionscope.bench/1`, with `speedup` null when targets differ. Times are for the whole batch: of a stage
 * with `repetitions` 0 there is none, and one with `atMost` took no longer than it says.
 */
export function benchJson(comparison: BenchmarkResult) {
  const { adapter, workload, limits, verified } = comparison;
  return {
    schema: "regionscope.bench/1",
    adapter: { vendor: adapter.vendor, architecture: adapter.architecture, software: adapter.software },
    workload: {
      size: workload.size,
      batch: workload.batch,
      channels: workload.channels,
      scales: workload.scales,
      mode: workload.mode,
      // Bytes are what the schema means; only another format is named.
      ...(workload.targetFormat === "byte" ? {} : { targetFormat: workload.targetFormat }),
    },
    limits,
    clocks: comparison.clocks,
    design: DESIGNS[comparison.backend],
    paths: pathsJson(comparison),
    verified,
    speedup: speedupJson(comparison),
  };
}

/**
 * Everything that was measured, and the projection made of it (null where targets differ), as indented JSON.
 */
export function toJson(record: TimingRecord): string {
  const { comparison, sweep, projection, caseName } = record;
  const { backend, ...measured } = comparison;
  const document = {
    schema: "regionscope.timing/1",
    case: caseName,
    comparison: {
      ...measured,
      design: DESIGNS[backend],
      paths: pathsJson(comparison),
      speedup: speedupJson(comparison),
    },
    sweep,
    projection:
      mismatchCount(comparison) === 0
        ? {
            ...project(comparison, projection),
            reported: projection.preset === "issue-3063" ? ISSUE_3063 : ISSUE_2136,
          }
        : null,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
