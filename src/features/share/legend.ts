/** Draws the legend of an exported image, in columns to its right. */

import type { AppState } from "../../state/app-state.ts";
import { selectLegendLabels } from "../../state/regions/label-colors.ts";
import type { RegionLayer } from "../../state/regions/layer-selectors.ts";
import { COLORS, type Context, drawSwatch, drawText } from "./draw-text.ts";

const LINE_PX = 18;
const COLUMN_PX = 190;
const GAP_PX = 12;
const DRAWN_AS = { both: "", fill: "fill", outline: "outline", hatch: "hatch" } as const;

export type LegendLine = Pick<RegionLayer, "name" | "hex" | "style">;

/** Labels of the visible regions; null if colours stand for regions. */
export function labelLines(state: AppState): readonly LegendLine[] | null {
  const style = { drawing: "both", opacity: 1 } as const;
  return selectLegendLabels(state)?.map(({ name, hex }) => ({ name, hex, style })) ?? null;
}

/** Width of the legend beside an image of this height, in CSS px. */
export function legendWidth(lines: readonly LegendLine[], heightPx: number): number {
  return Math.ceil(lines.length / linesPerColumn(heightPx)) * COLUMN_PX;
}

/** @param left right edge of the image */
export function drawLegend(to: Context, lines: readonly LegendLine[], left: number, heightPx: number): void {
  const perColumn = linesPerColumn(heightPx);
  for (const [i, line] of lines.entries()) {
    const x = left + GAP_PX + Math.floor(i / perColumn) * COLUMN_PX;
    drawLine(to, line, x, GAP_PX / 2 + (i % perColumn) * LINE_PX);
  }
}

const linesPerColumn = (heightPx: number) => Math.max(1, Math.floor((heightPx - GAP_PX) / LINE_PX));

function drawLine(to: Context, { name, hex, style }: LegendLine, x: number, y: number): void {
  drawSwatch(to, x, y + 3, 11, hex, style.drawing);
  const percent = style.opacity === 1 ? "" : `${Math.round(style.opacity * 100)} %`;
  const drawn = [DRAWN_AS[style.drawing], percent].filter((part) => part !== "").join(", ");
  const availablePx = COLUMN_PX - GAP_PX - 18;
  const wide =
    drawn === ""
      ? 0
      : drawText(to, drawn, x + 18 + availablePx, y + 13, { px: 11, color: COLORS.quiet, align: "right" });
  drawText(to, name, x + 18, y + 13, { px: 12 }, availablePx - wide - 6);
}
