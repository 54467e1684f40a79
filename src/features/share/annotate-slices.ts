/** Draws the legend and titles of an exported image of slices, in any layout. */
import type { SliceLayout, SliceSpec } from "../../app/commands/slice-commands.ts";
import { firstView } from "../../domain/geometry/camera.ts";
import { planeAxes } from "../../domain/geometry/grid.ts";
import { trueLetters } from "../../domain/geometry/oblique.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";
import { fittedPxPerMm, sliceOf } from "../../state/view/initial-view.ts";
import { PLANE_NAMES, scaleName } from "../../state/view/view-names.ts";
import { panePlace, rulersIn } from "../ruler/ruler-geometry.ts";
import { layersOf } from "../slices/slices-controller.ts";
import { type Context, drawLetters, drawRulers, drawScaleBar, drawText } from "./draw-text.ts";
import { type Frame, scaleText } from "./frame.ts";
import { drawLegend, type LegendLine, labelLines, legendWidth } from "./legend.ts";

const HEAD_PX = 32;

export function slicesFrame(state: AppState, layout: SliceLayout): Frame {
  const scales = new Set(layout.panes.map(({ targets }) => targets.scale));
  const [only] = scales;
  const slices = new Set(layout.panes.map((pane) => titleOf(state, pane)));
  const parts = [
    ...(slices.size <= 3 ? slices : []),
    ...(scales.size === 1 && only !== undefined ? [scaleText(state, only)] : []),
  ];
  return {
    left: 0,
    top: HEAD_PX,
    right: legendWidth(legendOf(state, layout), layout.heightPx),
    title: parts.join(" · "),
  };
}

export function overSlices(to: Context, state: AppState, layout: SliceLayout): void {
  const scales = new Set(layout.panes.map(({ targets }) => targets.scale));
  for (const pane of layout.panes) overSlice(to, state, layout, pane, scales.size > 1);
  overView3d(to, state, layout);
  drawLegend(to, legendOf(state, layout), layout.widthPx, layout.heightPx);
}

/** The legend's lines: labels, or regions with the topmost first. */
function legendOf(state: AppState, layout: SliceLayout): readonly LegendLine[] {
  return labelLines(state) ?? layersOf(state, layout).toReversed();
}

function overSlice(
  to: Context,
  state: AppState,
  layout: SliceLayout,
  pane: SliceSpec,
  withScale: boolean,
): void {
  const { openCase, view, planes } = state;
  if (!openCase) return;
  const { rect, plane } = pane;
  const grid = sourceGrid(openCase.source);
  const title = withScale
    ? `${titleOf(state, pane)} · ${scaleName(pane.targets.scale)}`
    : titleOf(state, pane);
  drawRulers(to, rect, rulersIn(panePlace(grid, pane, state, layout.devicePixelRatio), state));
  drawText(to, title, rect.x + 8, rect.y + 17, { px: 11, weight: 600, rim: true }, rect.width - 16);
  drawLetters(to, rect, trueLetters(grid, planeAxes(grid, plane, view.convention)));
  const pxPerMm = fittedPxPerMm(grid, plane, rect, planes.zoom);
  drawScaleBar(to, rect.x + 10, rect.y + rect.height - 7, pxPerMm, rect.width / 3);
}

function overView3d(to: Context, { openCase, camera }: AppState, { view3d }: SliceLayout): void {
  if (!view3d || !openCase) return;
  const grid = sourceGrid(openCase.source);
  const seen =
    camera ?? firstView(grid, { first: [0, 0, 0], shape: grid.shape }, [view3d.width, view3d.height]);
  drawText(to, "3D", view3d.x + 8, view3d.y + 17, { px: 11, weight: 600, rim: true });
  const pxPerMm = Math.min(view3d.width, view3d.height) / seen.spanMm;
  drawScaleBar(to, view3d.x + 10, view3d.y + view3d.height - 7, pxPerMm, view3d.width / 3);
}

/** "Axial 59/111" */
function titleOf({ openCase, view }: AppState, { plane, slice }: SliceSpec): string {
  if (!openCase) return PLANE_NAMES[plane];
  const at = sliceOf(sourceGrid(openCase.source), plane, view.voxel);
  return `${PLANE_NAMES[plane]} ${slice ?? at.slice}/${at.last}`;
}
