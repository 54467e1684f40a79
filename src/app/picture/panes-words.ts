/** Legend and words of a picture of slices, in any layout. */
import { firstView } from "../../domain/camera.ts";
import { planeAxes } from "../../domain/grid.ts";
import { trueLetters } from "../../domain/oblique.ts";
import { sourceGrid } from "../../domain/palette-volume.ts";
import { fittedPxPerMm, sliceOf } from "../../state/initial-view.ts";
import { selectLegendLabels } from "../../state/label-colors.ts";
import type { RegionLayer } from "../../state/layer-selectors.ts";
import type { AppState } from "../../state/store.ts";
import { PLANE_NAMES, scaleName } from "../../state/view-names.ts";
import type { PanesLayout, WantedPane } from "../panes-commands.ts";
import { layersOf } from "../panes-stage.ts";
import { panePlace, rulersIn } from "../ruler-places.ts";
import { type Frame, scaleWords } from "./take-picture.ts";
import {
  COLORS,
  type Context,
  drawLetters,
  drawRulers,
  drawScaleBar,
  drawSwatch,
  drawText,
} from "./words.ts";

const HEAD_PX = 32;
const LINE_PX = 18;
const COLUMN_PX = 190;
const LEGEND_GAP_PX = 12;
const DRAWN_AS = { both: "", fill: "fill", outline: "outline", hatch: "hatch" } as const;

const linesOf = (heightPx: number) => Math.max(1, Math.floor((heightPx - LEGEND_GAP_PX) / LINE_PX));
const columnsOf = (layers: number, heightPx: number) => Math.ceil(layers / linesOf(heightPx));

export function panesFrame(state: AppState, layout: PanesLayout): Frame {
  const columns = columnsOf(legendOf(state, layout).length, layout.heightPx);
  const scales = new Set(layout.panes.map(({ targets }) => targets.scale));
  const [only] = scales;
  const slices = new Set(layout.panes.map((pane) => titleOf(state, pane)));
  const words = [
    ...(slices.size <= 3 ? slices : []),
    ...(scales.size === 1 && only !== undefined ? [scaleWords(state, only)] : []),
  ];
  return { left: 0, top: HEAD_PX, right: columns * COLUMN_PX, title: words.join(" · ") };
}

export function overPanes(to: Context, state: AppState, layout: PanesLayout): void {
  const scales = new Set(layout.panes.map(({ targets }) => targets.scale));
  for (const pane of layout.panes) overPane(to, state, layout, pane, scales.size > 1);
  overSolid(to, state, layout);
  const perColumn = linesOf(layout.heightPx);
  for (const [i, line] of legendOf(state, layout).entries()) {
    const x = layout.widthPx + LEGEND_GAP_PX + Math.floor(i / perColumn) * COLUMN_PX;
    legendLine(to, line, x, LEGEND_GAP_PX / 2 + (i % perColumn) * LINE_PX);
  }
}

type LegendLine = Pick<RegionLayer, "name" | "hex" | "style">;

/** What colours mean: labels, or regions, topmost first. */
function legendOf(state: AppState, layout: PanesLayout): readonly LegendLine[] {
  const labels = selectLegendLabels(state);
  const style = { drawing: "both", opacity: 1 } as const;
  return labels?.map(({ name, hex }) => ({ name, hex, style })) ?? layersOf(state, layout).toReversed();
}

function legendLine(to: Context, { name, hex, style }: LegendLine, x: number, y: number): void {
  drawSwatch(to, x, y + 3, 11, hex, style.drawing);
  const percent = style.opacity === 1 ? "" : `${Math.round(style.opacity * 100)} %`;
  const drawn = [DRAWN_AS[style.drawing], percent].filter((word) => word !== "").join(", ");
  const room = COLUMN_PX - LEGEND_GAP_PX - 18;
  const wide =
    drawn === ""
      ? 0
      : drawText(to, drawn, x + 18 + room, y + 13, { px: 11, color: COLORS.quiet, align: "right" });
  drawText(to, name, x + 18, y + 13, { px: 12 }, room - wide - 6);
}

function overPane(
  to: Context,
  state: AppState,
  layout: PanesLayout,
  pane: WantedPane,
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

function overSolid(to: Context, { openCase, camera }: AppState, { solid }: PanesLayout): void {
  if (!solid || !openCase) return;
  const grid = sourceGrid(openCase.source);
  const seen =
    camera ?? firstView(grid, { first: [0, 0, 0], shape: grid.shape }, [solid.width, solid.height]);
  drawText(to, "3D", solid.x + 8, solid.y + 17, { px: 11, weight: 600, rim: true });
  const pxPerMm = Math.min(solid.width, solid.height) / seen.spanMm;
  drawScaleBar(to, solid.x + 10, solid.y + solid.height - 7, pxPerMm, solid.width / 3);
}

/** "Axial 60/112" */
function titleOf({ openCase, view }: AppState, { plane, slice }: WantedPane): string {
  if (!openCase) return PLANE_NAMES[plane];
  const at = sliceOf(sourceGrid(openCase.source), plane, view.voxel);
  return `${PLANE_NAMES[plane]} ${slice === null ? at.slice : slice + 1}/${at.of}`;
}
