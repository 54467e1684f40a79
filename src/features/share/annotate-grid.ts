/** Draws the headings of an exported grid image, and a list of labels if labels are coloured. */
import { plural } from "../../base/format-numbers.ts";
import { planeAxes } from "../../domain/geometry/grid.ts";
import { trueLetters } from "../../domain/geometry/oblique.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectShownScales } from "../../state/case/shown-patch.ts";
import { selectRows } from "../../state/regions/region-rows.ts";
import { sliceOf } from "../../state/view/initial-view.ts";
import type { GridLayout } from "../../viewers/shared/grid-layout.ts";
import { viewGeometry } from "../../viewers/shared/view-geometry.ts";
import { rulersIn, tilePlace } from "../ruler/ruler-geometry.ts";
import {
  COLORS,
  type Context,
  drawLetters,
  drawRulers,
  drawScaleBar,
  drawSwatch,
  drawText,
} from "./draw-text.ts";
import { type Frame, scaleText } from "./frame.ts";
import { drawLegend, labelLines, legendWidth } from "./legend.ts";

const HEAD_PX = 32;
const COLUMN_HEAD_PX = 22;
const ROW_HEAD_PX = 170;
const COUNT_STYLE = { px: 10, color: COLORS.quiet, align: "right" } as const;

export function gridFrame(state: AppState, layout: GridLayout): Frame {
  const { openCase, view } = state;
  const at = openCase && sliceOf(sourceGrid(openCase.source), view.plane, view.voxel);
  const slice = at ? `${view.plane} ${at.slice}/${at.last} · ` : "";
  return {
    left: ROW_HEAD_PX,
    top: HEAD_PX + COLUMN_HEAD_PX,
    right: legendWidth(labelLines(state) ?? [], layout.heightPx),
    title: `${slice}${scaleText(state, 0)}`,
  };
}

export function overGrid(to: Context, state: AppState, layout: GridLayout): void {
  if (!state.openCase) return;
  const grid = sourceGrid(state.openCase.source);
  const { plane, convention } = state.view;
  const letters = trueLetters(grid, planeAxes(grid, plane, convention));
  const scales = selectShownScales(state);
  for (const [column, scale] of scales.entries()) {
    const heading = `Scale ${column}  ${scale.shape.join("×")}`;
    drawText(
      to,
      heading,
      column * layout.columnWidthPx + 2,
      -7,
      { px: 11, weight: 600 },
      layout.columnWidthPx - 8,
    );
  }
  const labels = labelLines(state);
  drawLegend(to, labels ?? [], layout.widthPx, layout.heightPx);
  const drawing = labels ? "outline" : "both";
  const { pxPerMm, devicePixelRatio } = viewGeometry(grid, layout, state.view);
  const { rowHeightPx, scrollTopPx, heightPx, gapPx, captionPx = 0 } = layout;
  const rulers = rulersIn(tilePlace(grid, layout, state.view), state);
  const clip = new Path2D();
  clip.rect(-ROW_HEAD_PX, 0, ROW_HEAD_PX + layout.widthPx, heightPx);
  to.clip(clip);
  for (const [row, { name, hex, voxels }] of selectRows(state).entries()) {
    const y = row * rowHeightPx - scrollTopPx;
    if (y + rowHeightPx <= 0 || y >= heightPx) continue;
    const middle = Math.min(Math.max(y, 0) + 14, y + rowHeightPx - 6);
    drawSwatch(to, -ROW_HEAD_PX + 10, middle - 8, 11, hex, drawing);
    drawText(to, name, -ROW_HEAD_PX + 28, middle + 2, { px: 12, color: COLORS.text }, ROW_HEAD_PX - 36);
    for (const column of scales.keys()) {
      const [x, width, height] = [
        column * layout.columnWidthPx,
        layout.columnWidthPx - gapPx,
        rowHeightPx - gapPx - captionPx,
      ];
      drawRulers(to, { x, y, width, height }, rulers);
      drawLetters(to, { x, y, width, height }, letters, 10);
      const count = voxels?.[column];
      if (captionPx > 0 && count !== undefined)
        drawText(to, plural(count, "voxel"), x + width - 4, y + height + 12, COUNT_STYLE, width - 8);
    }
    const isFirst = row === Math.ceil(scrollTopPx / rowHeightPx);
    if (isFirst)
      drawScaleBar(
        to,
        10,
        y + rowHeightPx - gapPx - captionPx - 7,
        pxPerMm / devicePixelRatio,
        layout.columnWidthPx / 2.5,
      );
  }
}
