/**
 * Lists the figures of a benchmark in rows, one column per path, for the page, the exports and the command
 * line.
 */
import { formatFigure, formatMiB, formatMs, formatRatio } from "../base/format-units.ts";
import type { Figure, Ratio, StageTiming } from "../base/times.ts";
import { PATH_NAMES, type PathName } from "../domain/targets/target-paths.ts";
import { type BenchmarkResult, type PathTiming, speedups } from "./result.ts";

export type ResultCell =
  | { readonly kind: "figure"; readonly figure: Figure }
  /** Milliseconds of the stage's traffic alone; null if they were not measured. */
  | { readonly kind: "limit"; readonly ms: number | null; readonly stage: StageTiming }
  | { readonly kind: "bytes"; readonly bytes: number }
  /** Null if the path was not compared. */
  | { readonly kind: "mismatches"; readonly voxels: number | null }
  /** Null for the path that the others are compared with. */
  | { readonly kind: "ratio"; readonly ratio: Ratio | null };

interface Measured {
  readonly result: BenchmarkResult;
  readonly path: PathName;
  readonly timing: PathTiming;
}

type CellOf = (measured: Measured) => ResultCell;

const figure =
  (of: (timing: PathTiming) => Figure): CellOf =>
  ({ timing }) => ({ kind: "figure", figure: of(timing) });
const limit =
  (stage: "downsample" | "decode"): CellOf =>
  ({ result, path, timing }) => ({
    kind: "limit",
    ms: result.limits.trafficMs[path]?.[stage] ?? null,
    stage: timing.stages[stage],
  });
const bytes =
  (of: (timing: PathTiming) => number): CellOf =>
  ({ timing }) => ({ kind: "bytes", bytes: of(timing) });
const ratio =
  (part: "loader" | "total"): CellOf =>
  ({ result, path }) => ({ kind: "ratio", ratio: speedups(result)?.[part][path] ?? null });

const ROWS = {
  prepare: figure(({ stages }) => stages.prepare),
  upload: figure(({ stages }) => stages.upload),
  downsample: figure(({ stages }) => stages.downsample),
  "downsample limit": limit("downsample"),
  decode: figure(({ stages }) => stages.decode),
  "decode limit": limit("decode"),
  "loader part": figure(({ loaderMs }) => loaderMs),
  total: figure(({ totalMs }) => totalMs),
  uploaded: bytes(({ uploadBytes }) => uploadBytes),
  "GPU peak": bytes(({ peakGpuBytes }) => peakGpuBytes),
  "array peak": bytes(({ peakArrayBytes }) => peakArrayBytes),
  mismatches: ({ result, path }) => ({
    kind: "mismatches",
    voxels: result.verified[path]?.mismatches ?? null,
  }),
  "speed-up, loader part": ratio("loader"),
  "speed-up, total": ratio("total"),
} as const satisfies Readonly<Record<string, CellOf>>;

export type RowName = keyof typeof ROWS;

interface ResultRow {
  readonly name: RowName;
  /** One cell per measured path, in the order of `PATH_NAMES`. */
  readonly cells: readonly ResultCell[];
}

/** Gives the requested rows, without speed-ups if there are none to state. */
export function resultRows(result: BenchmarkResult, names: readonly RowName[]): ResultRow[] {
  const hasRatios = speedups(result) !== null;
  return names
    .filter((name) => hasRatios || !name.startsWith("speed-up"))
    .map((name) => ({
      name,
      cells: PATH_NAMES.flatMap((path) => {
        const timing = result.paths[path];
        return timing ? [ROWS[name]({ result, path, timing })] : [];
      }),
    }));
}

/** Formats a cell without markup. */
export function cellText(cell: ResultCell): string {
  switch (cell.kind) {
    case "figure":
      return formatFigure(cell.figure);
    case "limit":
      return formatMs(cell.ms ?? Number.NaN);
    case "bytes":
      return formatMiB(cell.bytes);
    case "mismatches":
      return cell.voxels === null ? "–" : String(cell.voxels);
    case "ratio":
      return cell.ratio === null ? "1×" : formatRatio(cell.ratio);
  }
}
