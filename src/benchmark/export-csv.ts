/** Writes a benchmark as CSV. */
import { PATH_NAMES, STAGES } from "../domain/targets/target-paths.ts";
import type { BenchmarkResult } from "./result.ts";

const HEADER = [
  "path",
  "stage",
  "median_ms",
  "p25_ms",
  "p75_ms",
  "limit_ms",
  "path_upload_bytes",
  "path_peak_gpu_bytes",
  "path_mismatches_voxels",
  "repeats",
  "channels",
  "batch_patches",
  "patch_voxels",
  "mode",
  "target_format",
  "clock",
  "adapter",
  "at_most",
  "resolution_ms",
  "repetitions",
  "round_trip_ms",
  "failed",
];

/**
 * Writes one row for each path and stage, and two for the sums of each path (`loader`, `total`). Fields are
 * comma-separated and quoted as in RFC 4180, with CRLF line ends. A limit is the time of the stage's traffic
 * alone. Mismatches are empty for `per-channel`, with which the others are compared. Times are empty for a
 * stage that a path does not have; where `at_most` is 1, they are upper bounds. A failed path has one row,
 * with the reason and no figure.
 */
export function toCsv(benchmark: BenchmarkResult): string {
  const { workload, limits, verified } = benchmark;
  const rows: (string | number)[][] = [];
  const common = [
    benchmark.repeats,
    workload.channels,
    workload.batch,
    workload.shape.join("x"),
    workload.mode,
    workload.targetFormat,
  ];
  for (const path of PATH_NAMES) {
    const timing = benchmark.paths[path];
    const failed = benchmark.failed.find((entry) => entry.path === path);
    if (failed) {
      const empty = Array.from({ length: 7 }, () => "");
      rows.push([
        path,
        "failed",
        ...empty,
        ...common,
        "",
        adapterName(benchmark),
        "",
        "",
        "",
        "",
        failed.reason,
      ]);
    }
    if (!timing) continue;
    const traffic = limits.trafficMs[path];
    const lines = [
      ...STAGES.map((stage) => ({ stage, ms: timing.stages[stage], how: timing.stages[stage] })),
      { stage: "loader" as const, ms: timing.loaderMs, how: null },
      { stage: "total" as const, ms: timing.totalMs, how: null },
    ];
    for (const { stage, ms, how } of lines) {
      const none = how?.repetitions === 0;
      rows.push([
        path,
        stage,
        ...(none ? ["", "", ""] : [ms.median, ms.p25, ms.p75]),
        (stage === "downsample" || stage === "decode" ? traffic?.[stage] : undefined) ?? "",
        timing.uploadBytes,
        timing.peakGpuBytes,
        verified[path]?.mismatches ?? "",
        ...common,
        how?.clock ?? benchmark.clock,
        adapterName(benchmark),
        Number(ms.atMost),
        none ? "" : ms.resolutionMs,
        how?.repetitions ?? "",
        how?.roundTripMs ?? "",
        "",
      ]);
    }
  }
  return [HEADER, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/** Names the adapter, and marks software adapters. */
export function adapterName({ adapter }: Pick<BenchmarkResult, "adapter">): string {
  const name = adapter.description || [adapter.vendor, adapter.architecture].filter(Boolean).join(" ");
  return `${name || "unnamed adapter"}${adapter.software ? " (software)" : ""}`;
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
