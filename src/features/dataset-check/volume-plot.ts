/** Draws the volumes of all regions over all cases, as one inline SVG on a logarithmic axis. */
import { formatMl } from "../../base/format-numbers.ts";
import type { CheckedLine, Summary } from "../../domain/dataset-check/summary.ts";
import { html, type Markup } from "../report/html.ts";

const WIDTH = 1180;
const NAME_WIDTH = 220;
const RIGHT = 90;
const ROW = 26;
const TOP = 26;
/** Half the height of the band of points, and the number of cases from which they are small. */
const SPREAD = 8;
const MANY = 150;
/** Outliers with their names; the others have their marks, and are in the table. */
const MAX_NAMED = 3;
const MAX_NAME = 30;

interface Point {
  readonly name: string;
  readonly ml: number;
  readonly isOutlier: boolean;
}

interface Axis {
  readonly ticks: readonly number[];
  xOf(ml: number): number;
}

/**
 * Null if no region has a volume.
 *
 * @param regions places in the summary's regions, from top to bottom
 * @param places numbers of the cases' rows, to which outliers link
 */
export function volumePlot(
  { regions: all, cases }: Summary,
  regions: readonly number[],
  places: ReadonlyMap<string, number>,
): Markup | null {
  const checked = cases.filter((line) => line.status === "ok");
  const rows = regions.map((r) => ({ region: all[r], points: pointsOf(checked, r) }));
  const filled = rows.filter(({ points }) => points.length > 0);
  const values = filled.flatMap(({ points }) => points.map(({ ml }) => ml));
  if (values.length === 0) return null;
  const axis = axisOf(values);
  const height = TOP + filled.length * ROW + 8;
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" role="group" aria-label="Volume in mL of each region, one point a case, on a logarithmic axis. The table of regions has the numbers.">
${axis.ticks.map((ml) => html`<line class="grid" x1="${fixed(axis.xOf(ml))}" x2="${fixed(axis.xOf(ml))}" y1="${TOP - 4}" y2="${height - 8}"/><text class="axis" x="${fixed(axis.xOf(ml))}" y="${TOP - 10}" text-anchor="middle">${tickText(ml)}</text>\n`)}
${filled.map(({ region, points }, i) => rowOf(region?.name ?? "", region?.ml ?? null, points, TOP + i * ROW + ROW / 2, axis, places))}</svg>`;
}

function pointsOf(lines: readonly CheckedLine[], r: number): Point[] {
  return lines.flatMap(({ name, voxels, ml, outliers }) => {
    const own = ml[r] ?? 0;
    if ((voxels[r] ?? 0) === 0 || !(own > 0)) return [];
    const isOutlier = outliers.some(({ region, measures }) => region === r && measures.includes("volume"));
    return [{ name, ml: own, isOutlier }];
  });
}

function axisOf(values: readonly number[]): Axis {
  const logs = values.map(Math.log10);
  const [least, most] = logs.reduce(
    ([low, high], log) => [Math.min(low, log), Math.max(high, log)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const [from, to] = [Math.floor(least - 0.02), Math.ceil(most + 0.02)];
  const scale = (WIDTH - NAME_WIDTH - RIGHT) / (to - from);
  return {
    ticks: Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i)),
    xOf: (ml) => NAME_WIDTH + (Math.log10(ml) - from) * scale,
  };
}

function tickText(ml: number): string {
  return `${ml >= 1 ? ml.toLocaleString("en-US") : String(Number(ml.toPrecision(1)))} mL`;
}

const fixed = (n: number) => String(Number(n.toFixed(1)));

function rowOf(
  region: string,
  box: Summary["regions"][number]["ml"],
  points: readonly Point[],
  y: number,
  axis: Axis,
  places: ReadonlyMap<string, number>,
): Markup {
  const usual = points.filter(({ isOutlier }) => !isOutlier);
  const odd = points.filter(({ isOutlier }) => isOutlier).toSorted((a, b) => a.ml - b.ml);
  const [p25, median, p75] = [box?.p25, box?.median, box?.p75].map((ml) =>
    ml && ml > 0 ? axis.xOf(ml) : null,
  );
  return html`<line class="row" x1="${NAME_WIDTH}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/><text x="${NAME_WIDTH - 12}" y="${y + 4}" text-anchor="end">${short(region)}${region.length > MAX_NAME ? html`<title>${region}</title>` : null}</text>
<path class="${usual.length > MANY ? "points many" : "points"}" d="${dots(usual, y, axis)}"/>${p25 != null && p75 != null ? html`<rect class="box" x="${fixed(p25)}" y="${y - 9}" width="${fixed(Math.max(1, p75 - p25))}" height="18"/>` : null}${median != null ? html`<line class="median" x1="${fixed(median)}" x2="${fixed(median)}" y1="${y - 9}" y2="${y + 9}"/>` : null}
${marks(odd, y, axis, places)}`;
}

function short(name: string): string {
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name;
}

/** Each point is a line of no length with round ends; points on the same spot are drawn once. */
function dots(points: readonly Point[], y: number, axis: Axis): string {
  const places = points.map(({ ml }, i) => `M${Math.round(axis.xOf(ml))} ${fixed(y + offset(i))}h0`);
  return [...new Set(places)].join("");
}

/** Steps of the golden section spread any number of points evenly over the band, the same way each time. */
function offset(i: number): number {
  return (((i * 0.618034) % 1) * 2 - 1) * SPREAD;
}

/** Triangles, the outermost with the names of their cases. */
function marks(points: readonly Point[], y: number, axis: Axis, places: ReadonlyMap<string, number>): Markup {
  let last = Number.NEGATIVE_INFINITY;
  let named = 0;
  return html`${points.map(({ name, ml }) => {
    const x = axis.xOf(ml);
    const isFree = named < MAX_NAMED && x > last;
    if (isFree) {
      named++;
      last = x + 12 + short(name).length * 6.5;
    }
    return html`<a class="outlier" href="#case-${places.get(name) ?? 0}"><path d="M${fixed(x)} ${y - 6}l5.5 10h-11z"><title>${name}: ${formatMl(ml)} mL</title></path>${isFree ? html`<text x="${fixed(x + 8)}" y="${y + 4}">${short(name)}</text>` : null}</a>\n`;
  })}`;
}
