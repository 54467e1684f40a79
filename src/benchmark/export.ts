/** Writes a benchmark as JSON. */
import type { Ratio } from "../base/times.ts";
import { type BackendName, PATH_NAMES, type PathName } from "../domain/targets/target-paths.ts";
import type { BenchmarkRecord } from "./benchmark-record.ts";
import { ISSUE_2136 } from "./issue-2136.ts";
import { ISSUE_3063 } from "./issue-3063.ts";
import { project } from "./projection.ts";
import { type BenchmarkResult, mismatchCount, speedups } from "./result.ts";

/** Names that version 1 of both documents uses for the backends. */
const DESIGNS: Readonly<Record<BackendName, string>> = { compute: "computed", raster: "drawn" };

/** A number if it is known, its bound if only that is known, and otherwise null. */
function ratioJson(
  ratio: Ratio,
): number | { readonly moreThan: number } | { readonly lessThan: number } | null {
  if (ratio.kind === "exact") return ratio.times;
  if (ratio.kind === "more") return { moreThan: ratio.times };
  return ratio.kind === "less" ? { lessThan: ratio.times } : null;
}

function speedupJson(benchmark: BenchmarkResult) {
  const ratios = speedups(benchmark);
  if (!ratios) return null;
  const each = (part: Partial<Record<PathName, Ratio>>) =>
    Object.fromEntries(Object.entries(part).map(([name, ratio]) => [name, ratioJson(ratio)]));
  return { loader: each(ratios.loader), total: each(ratios.total) };
}

/** Figures of the measured paths; `{"failed": reason}` for paths at which the GPU failed. */
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
 * Makes a `regionscope.bench/1` document; `speedup` is null if targets differ. Times are for the whole batch:
 * a stage with `repetitions` 0 has none, and with `atMost` a time is an upper bound.
 */
export function benchJson(benchmark: BenchmarkResult) {
  const { adapter, workload, limits, verified } = benchmark;
  return {
    schema: "regionscope.bench/1",
    adapter: { vendor: adapter.vendor, architecture: adapter.architecture, software: adapter.software },
    workload: {
      size: workload.size,
      batch: workload.batch,
      channels: workload.channels,
      scales: workload.scales,
      mode: workload.mode,
      // The schema implies bytes; only other formats are named.
      ...(workload.targetFormat === "byte" ? {} : { targetFormat: workload.targetFormat }),
    },
    limits,
    clocks: benchmark.clocks,
    design: DESIGNS[benchmark.backend],
    paths: pathsJson(benchmark),
    verified,
    speedup: speedupJson(benchmark),
  };
}

/** Writes everything measured, and the projection (null if targets differ), as indented JSON. */
export function toJson(record: BenchmarkRecord): string {
  const { benchmark, sweep, projection, caseName } = record;
  const { backend, ...measured } = benchmark;
  const document = {
    schema: "regionscope.timing/1",
    case: caseName,
    comparison: {
      ...measured,
      design: DESIGNS[backend],
      paths: pathsJson(benchmark),
      speedup: speedupJson(benchmark),
    },
    sweep,
    projection:
      mismatchCount(benchmark) === 0
        ? {
            ...project(benchmark, projection),
            reported: projection.preset === "issue-3063" ? ISSUE_3063 : ISSUE_2136,
          }
        : null,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
