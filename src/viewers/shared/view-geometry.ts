/**
 * Maps between the pixels of a tile and the voxels of a slice. Everything that positions something on the
 * grid uses it: the shader's uniforms, hit tests, pan, zoom, the crosshair. Pure.
 *
 * Pairs are [horizontal, vertical] on the screen. Tile pixels are device pixels from the tile's top left
 * corner. Positions along an axis of n voxels are continuous in [0, n): voxel i covers [i, i + 1).
 */
import type { Pair } from "../../base/pair.ts";
import { type Grid, type PlaneAxes, planeAxes, spacingMm, type Triple } from "../../domain/geometry/grid.ts";
import { MAX_ZOOM, MIN_ZOOM } from "../../domain/view/view-values.ts";
import type { GridHit, GridLayout } from "./grid-layout.ts";
import type { GridView } from "./grid-view.ts";

export interface ViewGeometry {
  readonly axes: PlaneAxes;
  readonly devicePixelRatio: number;
  /** Distance between neighbouring tiles, in device px; may be fractional. */
  readonly cellPx: Pair;
  /**
   * Size of every tile's picture in whole device px: the cell without the gap at its right and bottom, and
   * without the strip of text.
   */
  readonly tilePx: Pair;
  /** In whole device px. */
  readonly scrollTopPx: number;
  /** Voxels of the slice across and down, at full resolution. */
  readonly shape: Pair;
  /**
   * The position under tile pixel (i, j) is `origin + step * (i + 0.5, j + 0.5)`, in full-resolution voxels.
   */
  readonly origin: Pair;
  readonly step: Pair;
  /** Scale of the picture in device px per mm, equal in both directions. */
  readonly pxPerMm: number;
  /** First tile pixel of the crosshair's lines. */
  readonly crosshairPx: Pair;
  /** Half the gap that the crosshair's lines leave around the centre, in device px. */
  readonly crosshairGapPx: number;
  /** Thickness of crosshair and outline in whole device px. */
  readonly linePx: number;
}

/**
 * Offset of the sampling position from a pixel's centre. With round numbers (two voxels per pixel, say)
 * centres fall exactly on voxel edges, and the GPU's rounding would decide which voxel is drawn.
 */
const NUDGE_PX = 1 / 512;

/**
 * Half the gap in the crosshair, in voxels, so that a component of a few voxels is seen in it; within limits
 * in CSS px, and within a share of the tile, so that the lines stay visible.
 */
const GAP = { voxels: 2.5, leastPx: 8, mostPx: 40, share: 0.25 };

const both = (make: (side: 0 | 1) => number): Pair => [make(0), make(1)];
const clamp = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));

/** First device px of cell `index`, that is, the first whose centre is inside. */
export function cellStart(index: number, cellPx: number): number {
  return Math.ceil(index * cellPx - 0.5);
}

/** The part of a view that determines where voxels are drawn. */
export type ViewPlace = Pick<GridView, "plane" | "convention" | "voxel" | "zoom" | "panMm">;

export function viewGeometry(grid: Grid, layout: GridLayout, view: ViewPlace): ViewGeometry {
  const axes = planeAxes(grid, view.plane, view.convention);
  const dpr = layout.devicePixelRatio;
  const cellPx: Pair = [layout.columnWidthPx * dpr, layout.rowHeightPx * dpr];
  const gapPx = Math.round(layout.gapPx * dpr);
  const captionPx = Math.round((layout.captionPx ?? 0) * dpr);
  const tilePx = both((side) => Math.max(1, Math.floor(cellPx[side]) - gapPx - side * captionPx));

  const sides = [axes.horizontal, axes.vertical] as const;
  const spacing = spacingMm(grid);
  const mm = both((side) => spacing[sides[side].axis] || 1);
  const shape = both((side) => grid.shape[sides[side].axis]);
  const sizeMm = both((side) => shape[side] * mm[side]);
  const fit = Math.min(tilePx[0] / sizeMm[0], tilePx[1] / sizeMm[1]);
  const pxPerMm = fit * view.zoom;

  const step = both((side) => sides[side].direction / (mm[side] * pxPerMm));
  // Use whole device px, so that the picture does not shimmer while it is dragged.
  const cornerPx = both((side) =>
    Math.round(tilePx[side] / 2 + (view.panMm[side] - sizeMm[side] / 2) * pxPerMm),
  );
  const origin = both((side) => {
    const start = sides[side].direction === 1 ? 0 : shape[side];
    return start + (NUDGE_PX - cornerPx[side]) * step[side];
  });
  const linePx = Math.max(1, Math.round(dpr));
  const crosshairPx = both((side) => {
    const position = view.voxel[sides[side].axis] + 0.5;
    return Math.floor((position - origin[side]) / step[side] + 2 * NUDGE_PX) - (linePx >> 1);
  });
  const aroundPx = clamp(
    GAP.voxels / Math.min(Math.abs(step[0]), Math.abs(step[1])),
    GAP.leastPx * dpr,
    GAP.mostPx * dpr,
  );
  const crosshairGapPx = Math.round(Math.min(aroundPx, GAP.share * Math.min(...tilePx)));
  return {
    axes,
    devicePixelRatio: dpr,
    cellPx,
    tilePx,
    scrollTopPx: Math.round(layout.scrollTopPx * dpr),
    shape,
    origin,
    step,
    pxPerMm,
    crosshairPx,
    crosshairGapPx,
    linePx,
  };
}

/**
 * Finds the tile and tile pixel under a point of the canvas in CSS px; null in a gap. The tile may be beyond
 * the last row or column.
 */
export function tileAt(
  geometry: ViewGeometry,
  xPx: number,
  yPx: number,
): { readonly row: number; readonly column: number; readonly px: Pair } | null {
  const { devicePixelRatio: dpr, cellPx, tilePx, scrollTopPx } = geometry;
  const at: Pair = [Math.floor(xPx * dpr), Math.floor(yPx * dpr) + scrollTopPx];
  const index = both((side) => Math.floor((at[side] + 0.5) / cellPx[side]));
  const px = both((side) => at[side] - cellStart(index[side], cellPx[side]));
  if (!(index[0] >= 0 && index[1] >= 0 && px[0] < tilePx[0] && px[1] < tilePx[1])) return null;
  return { row: index[1], column: index[0], px };
}

/** Finds the full-resolution voxel at a tile pixel, on the slice of `current`; null outside the slice. */
export function voxelAt(geometry: ViewGeometry, px: Pair, current: Triple): Triple | null {
  const { axes, origin, step, shape } = geometry;
  const at = both((side) => Math.floor(origin[side] + step[side] * (px[side] + 0.5)));
  if (at.some((i, side) => i < 0 || i >= (shape[side] ?? 0))) return null;
  const voxel: [number, number, number] = [...current];
  voxel[axes.horizontal.axis] = at[0];
  voxel[axes.vertical.axis] = at[1];
  return voxel;
}

/** Finds the tile and voxel under a point of the canvas in CSS px. */
export function hitAt(
  geometry: ViewGeometry,
  xPx: number,
  yPx: number,
  current: Triple,
  rows: number,
  columns: number,
): GridHit | null {
  const tile = tileAt(geometry, xPx, yPx);
  if (!tile || tile.row >= rows || tile.column >= columns) return null;
  const voxel = voxelAt(geometry, tile.px, current);
  return voxel && { row: tile.row, column: tile.column, voxel };
}

/** Returns the position of a full-resolution voxel's centre in every tile: CSS px from the tile's corner. */
export function tilePointOf(geometry: ViewGeometry, voxel: Triple): Pair {
  const { axes, origin, step, devicePixelRatio } = geometry;
  const sides = [axes.horizontal.axis, axes.vertical.axis] as const;
  return both((side) => (voxel[sides[side]] + 0.5 - origin[side]) / step[side] / devicePixelRatio);
}

/** Returns the pan after a drag by CSS px. The tile's centre stays on the slice. */
export function panBy(grid: Grid, layout: GridLayout, view: ViewPlace, dxPx: number, dyPx: number): Pair {
  const geometry = viewGeometry(grid, layout, view);
  const mmPerPx = layout.devicePixelRatio / geometry.pxPerMm;
  return limitPan(grid, geometry.axes, [view.panMm[0] + dxPx * mmPerPx, view.panMm[1] + dyPx * mmPerPx]);
}

/**
 * Returns zoom and pan after magnifying by `factor` about a point (CSS px, in any tile), which stays in
 * place.
 */
export function zoomAbout(
  grid: Grid,
  layout: GridLayout,
  view: ViewPlace,
  xPx: number,
  yPx: number,
  factor: number,
): { readonly zoom: number; readonly panMm: Pair } {
  const geometry = viewGeometry(grid, layout, view);
  const zoom = clamp(view.zoom * factor, MIN_ZOOM, MAX_ZOOM);
  if (zoom === 1) return { zoom, panMm: [0, 0] };
  const { tilePx, pxPerMm, axes } = geometry;
  const px = tileAt(geometry, xPx, yPx)?.px ?? both((side) => tilePx[side] / 2);
  const change = 1 / (pxPerMm * (zoom / view.zoom)) - 1 / pxPerMm;
  const panMm = both((side) => view.panMm[side] + (px[side] - tilePx[side] / 2) * change);
  return { zoom, panMm: limitPan(grid, axes, panMm) };
}

function limitPan(grid: Grid, axes: PlaneAxes, panMm: Pair): Pair {
  const spacing = spacingMm(grid);
  const sides = [axes.horizontal.axis, axes.vertical.axis] as const;
  return both((side) => {
    const halfMm = (grid.shape[sides[side]] * spacing[sides[side]]) / 2;
    return clamp(panMm[side], -halfMm, halfMm);
  });
}
