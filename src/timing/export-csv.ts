import { type Comparison, PATH_NAMES, STAGES } from "./comparison.ts";

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
];

/**
 * One row for each path and stage, and two for each path's sums (`loader`, `total`). Comma-separated, quoted as in
 * RFC 4180, with CRLF line ends. A limit is the time of the stage's traffic alone; mismatches are left empty for
 * `per-channel`, which the others are compared with.
 */
export function toCsv(comparison: Comparison): string {
  const { workload, limits, verified } = comparison;
  const rows: (string | number)[][] = [];
  for (const path of PATH_NAMES) {
    const timing = comparison.paths[path];
    if (!timing) continue;
    const traffic = limits.trafficMs[path];
    const lines = [
      ...STAGES.map((stage) => ({ stage: stage as string, ms: timing.stages[stage] })),
      { stage: "loader", ms: timing.loaderMs },
      { stage: "total", ms: timing.totalMs },
    ];
    for (const { stage, ms } of lines) {
      rows.push([
        path,
        stage,
        ms.median,
        ms.p25,
        ms.p75,
        (stage === "downsample" || stage === "decode" ? traffic?.[stage] : undefined) ?? "",
        timing.uploadBytes,
        timing.peakGpuBytes,
        verified[path]?.mismatches ?? "",
        comparison.repeats,
        workload.channels,
        workload.batch,
        workload.shape.join("x"),
        workload.mode,
        workload.targetFormat,
        comparison.clock,
        adapterName(comparison),
      ]);
    }
  }
  return [HEADER, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/** The adapter in words; a software adapter is named as such. */
export function adapterName({ adapter }: Pick<Comparison, "adapter">): string {
  const name = adapter.description || [adapter.vendor, adapter.architecture].filter(Boolean).join(" ");
  return `${name || "unnamed adapter"}${adapter.software ? " (software)" : ""}`;
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
