import { type Comparison, mismatchCount, PATH_NAMES, speedups } from "./comparison.ts";
import { ISSUE_2136 } from "./issue-2136.ts";
import { type ProjectionInputs, project } from "./projection.ts";
import type { SweepPoint } from "./sweep.ts";

export { adapterName, toCsv } from "./export-csv.ts";
export { toMarkdown } from "./export-markdown.ts";

/** What the Timing panel holds and its exports carry. */
export interface TimingRecord {
  readonly comparison: Comparison;
  readonly sweep: readonly SweepPoint[] | null;
  readonly projection: ProjectionInputs;
  /** Name of the measured case; null for the benchmark volume. */
  readonly caseName: string | null;
}

/** `regionscope.bench/1`, with `speedup` null when targets differ. Times are for the whole batch. */
export function benchJson(comparison: Comparison) {
  const { adapter, workload, limits, paths, verified } = comparison;
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
    paths: Object.fromEntries(PATH_NAMES.flatMap((name) => (paths[name] ? [[name, paths[name]]] : []))),
    verified,
    speedup: speedups(comparison),
  };
}

/** Everything that was measured, and the projection made of it (null where targets differ), as indented JSON. */
export function toJson(record: TimingRecord): string {
  const { comparison, sweep, projection, caseName } = record;
  const document = {
    schema: "regionscope.timing/1",
    case: caseName,
    comparison: { ...comparison, speedup: speedups(comparison) },
    sweep,
    projection:
      mismatchCount(comparison) === 0 ? { ...project(comparison, projection), reported: ISSUE_2136 } : null,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
