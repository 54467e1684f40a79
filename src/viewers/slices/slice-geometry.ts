/** Maps a pane's slice to the canvas. Pure. */
import type { Pair } from "../../base/pair.ts";
import type { Rect } from "../../base/rect.ts";
import type { Grid, Triple } from "../../domain/geometry/grid.ts";
import type { GridLayout } from "../shared/grid-layout.ts";
import {
  hitAt,
  panBy,
  type ViewGeometry,
  type ViewPlace,
  viewGeometry,
  zoomAbout,
} from "../shared/view-geometry.ts";
import type { SlicePane, SliceView } from "./slice-scene.ts";

export interface SliceGeometry {
  /** In device px of the canvas. */
  readonly corner: readonly [number, number];
  readonly geometry: ViewGeometry;
  /** Crosshair, moved to the pane's own slice. */
  readonly voxel: Triple;
}

/** Represents a pane as a grid of one tile, to reuse the grid's geometry. */
function paneLayout({ width, height }: Rect, devicePixelRatio: number): GridLayout {
  return {
    widthPx: width,
    heightPx: height,
    devicePixelRatio,
    columnWidthPx: width,
    rowHeightPx: height,
    gapPx: 0,
    scrollTopPx: 0,
  };
}

function placeOf({ plane, zoom, panMm }: SlicePane, { convention, voxel }: SliceView): ViewPlace {
  return { plane, convention, voxel, zoom, panMm };
}

export function sliceGeometry(
  grid: Grid,
  pane: SlicePane,
  view: SliceView,
  devicePixelRatio: number,
): SliceGeometry {
  const { rect } = pane;
  const geometry = viewGeometry(grid, paneLayout(rect, devicePixelRatio), placeOf(pane, view));
  const voxel: [number, number, number] = [...view.voxel];
  if (pane.slice !== null) voxel[geometry.axes.slice.axis] = pane.slice;
  return {
    corner: [Math.round(rect.x * devicePixelRatio), Math.round(rect.y * devicePixelRatio)],
    geometry,
    voxel,
  };
}

/**
 * Finds the pane under a point of the canvas in CSS px, and the full-size voxel there; null outside the
 * panes.
 */
export function sliceHit(
  grid: Grid,
  panes: readonly SlicePane[],
  view: SliceView,
  devicePixelRatio: number,
  xPx: number,
  yPx: number,
): { readonly pane: number; readonly voxel: Triple | null } | null {
  const index = panes.findIndex(
    ({ rect }) => xPx >= rect.x && yPx >= rect.y && xPx < rect.x + rect.width && yPx < rect.y + rect.height,
  );
  const pane = panes[index];
  if (!pane) return null;
  const { corner, geometry, voxel } = sliceGeometry(grid, pane, view, devicePixelRatio);
  // Start at the pane's first whole device px, as in drawing.
  const inPane = (px: number, side: 0 | 1) =>
    (Math.floor(px * devicePixelRatio) - corner[side] + 0.5) / devicePixelRatio;
  const hit = hitAt(geometry, inPane(xPx, 0), inPane(yPx, 1), voxel, 1, 1);
  return { pane: index, voxel: hit?.voxel ?? null };
}

/** Returns the pan of a pane after a drag by CSS px. */
export function slicePannedBy(
  grid: Grid,
  pane: SlicePane,
  view: SliceView,
  devicePixelRatio: number,
  by: Pair,
): Pair {
  return panBy(grid, paneLayout(pane.rect, devicePixelRatio), placeOf(pane, view), by[0], by[1]);
}

/**
 * Returns zoom and pan of a pane after magnifying about a point of the canvas, in CSS px, which stays in
 * place.
 */
export function sliceZoomedAbout(
  grid: Grid,
  pane: SlicePane,
  view: SliceView,
  devicePixelRatio: number,
  at: Pair,
  factor: number,
): { readonly zoom: number; readonly panMm: Pair } {
  const layout = paneLayout(pane.rect, devicePixelRatio);
  return zoomAbout(grid, layout, placeOf(pane, view), at[0] - pane.rect.x, at[1] - pane.rect.y, factor);
}
