/** Writes a summary as text: tables with one line a row, and JSON with one line a case. */
import type { CheckedLine, FoldSide, Summary } from "./summary.ts";

type Cell = string | number | null;

/** Tab-separated; every line ends with a line break. */
function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [head, ...rows].map((row) => `${row.map(cell).join("\t")}\n`).join("");
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/**
 * Null is empty. Tabs, line breaks and backslashes are written as in C, so that a line is a row for every
 * program; text with a quotation mark is quoted as in CSV, since most programs that read tables expect that.
 */
function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = value.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign);
  return text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text;
}

const CASE_COLUMNS = [
  "case",
  "status",
  "region",
  "present",
  "voxels",
  "ml",
  "components",
  "specks",
  "vanishes_at",
  "outlier",
];
const SCORE_COLUMNS = ["dice", "hd95_mm", "nsd", "hits", "reference_components", "false_components"];

/**
 * One row for each case and region. A case without a record has one row with its status and no region.
 * `vanishes_at` is `resampling`, or the first scale that the loss uses and that has no voxel; `outlier` lists
 * measures: volume, components, specks, side.
 */
export function casesTable({ cases, regions, options }: Summary): string {
  const head = options.predictions ? [...CASE_COLUMNS, ...SCORE_COLUMNS] : CASE_COLUMNS;
  const rows = cases.flatMap((line): Cell[][] => {
    if (line.status !== "ok") return [head.map((_, i) => [line.name, line.status][i] ?? null)];
    return regions.map(({ name }, r) => [
      line.name,
      line.status,
      name,
      (line.voxels[r] ?? 0) > 0 ? 1 : 0,
      line.voxels[r] ?? null,
      line.ml[r] ?? null,
      line.components[r] ?? null,
      line.specks[r] ?? null,
      line.vanishesAt[r] ?? null,
      line.outliers.find(({ region }) => region === r)?.measures.join(",") ?? null,
      ...(options.predictions ? scoresOf(line, r) : []),
    ]);
  });
  return table(head, rows);
}

function scoresOf({ prediction }: CheckedLine, r: number): Cell[] {
  if (!prediction || "refused" in prediction) return SCORE_COLUMNS.map(() => null);
  const { dice, hd95, nsd, hits, referenceComponents, falseComponents } = prediction;
  return [dice, hd95, nsd, hits, referenceComponents, falseComponents].map((values) => values[r] ?? null);
}

/** One row for each fold, side and region: the cases of that side, those read, and those with the region. */
export function foldsTable({ splits, regions }: Summary): string {
  const rows = splits.folds.flatMap(({ name, train, val }) =>
    regions.map((region, r) => [name, region.name, ...sideOf(train, r), ...sideOf(val, r)]),
  );
  return table(
    [
      "fold",
      "region",
      "train_cases",
      "train_read",
      "train_with_region",
      "val_cases",
      "val_read",
      "val_with_region",
    ],
    rows,
  );
}

function sideOf({ cases, read, having }: FoldSide, r: number): number[] {
  return [cases, read, having[r] ?? 0];
}

/** Readable and small: lists of objects have one object a line. */
export function summaryJson(summary: Summary): string {
  const parts = Object.entries(summary).map(([key, value]) => `  ${JSON.stringify(key)}: ${listed(value)}`);
  return `{\n${parts.join(",\n")}\n}\n`;
}

function listed(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0 || typeof value[0] !== "object")
    return JSON.stringify(value);
  const lines = value.map((one: unknown) => `    ${JSON.stringify(one)}`);
  return `[\n${lines.join(",\n")}\n  ]`;
}
