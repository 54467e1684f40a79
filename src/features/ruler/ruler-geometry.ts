/**
 * Where rulers lie on a picture of a slice: from px of the picture to positions in the case, and back. Pure.
 */
import type { WantedPane } from "../../app/commands/slice-commands.ts";
import type { Grid, Plane, Triple } from "../../domain/geometry/grid.ts";
import { liesInSlice, type Ruler, rulerSlice, rulerText } from "../../domain/geometry/ruler.ts";
import type { AppState } from "../../state/app-state.ts";
import type { GridLayout } from "../../viewers/shared/grid-layout.ts";
import {
  cellStart,
  type Pair,
  tilePointOf,
  type ViewGeometry,
  viewGeometry,
} from "../../viewers/shared/view-geometry.ts";
import { paneGeometry } from "../../viewers/slices/slice-geometry.ts";

/** One slice as a pane or a tile shows it. Points are CSS px from the picture's corner. */
export interface RulerPlace {
  readonly grid: Grid;
  readonly plane: Plane;
  readonly slice: number;
  readonly sizePx: Pair;
  pointOf(position: Triple): Pair;
  /** The true position under a point, between voxels too. */
  positionAt(point: Pair): Triple;
}

/** Radius of the dots at the ends of a ruler. */
export const RULER_DOT_PX = 3.5;

/** A ruler on a picture. */
export interface PlacedRuler {
  /** Its place in the list; null for the one that is being drawn. */
  readonly index: number | null;
  readonly from: Pair;
  readonly to: Pair;
  readonly text: string;
}

function placeOf(
  grid: Grid,
  plane: Plane,
  geometry: ViewGeometry,
  voxel: Triple,
  corner: Pair,
  sizePx: Pair,
): RulerPlace {
  const { axes, origin, step, devicePixelRatio } = geometry;
  return {
    grid,
    plane,
    sizePx,
    slice: voxel[axes.slice.axis],
    pointOf: (position) => {
      const [x, y] = tilePointOf(geometry, position);
      return [x + corner[0], y + corner[1]];
    },
    positionAt: (point) => {
      // Voxel i covers [i, i + 1) here; its centre is the whole number elsewhere.
      const along = (side: 0 | 1) =>
        origin[side] + step[side] * (point[side] - corner[side]) * devicePixelRatio - 0.5;
      const position: [number, number, number] = [...voxel];
      position[axes.horizontal.axis] = along(0);
      position[axes.vertical.axis] = along(1);
      return position;
    },
  };
}

/** A pane of a layout of slices. */
export function panePlace(
  grid: Grid,
  pane: WantedPane,
  { view, planes, outlinePx }: Pick<AppState, "view" | "planes" | "outlinePx">,
  devicePixelRatio: number,
): RulerPlace {
  const { rect, plane } = pane;
  const { convention, voxel, crosshair, window } = view;
  const shown = paneGeometry(
    grid,
    { ...pane, zoom: planes.zoom, panMm: planes.pans[plane] },
    { convention, voxel, crosshair, window, outlinePx },
    devicePixelRatio,
  );
  // As it is drawn: from the whole device px that the pane begins at.
  const corner: Pair = [
    shown.corner[0] / devicePixelRatio - rect.x,
    shown.corner[1] / devicePixelRatio - rect.y,
  ];
  return placeOf(grid, plane, shown.geometry, shown.voxel, corner, [rect.width, rect.height]);
}

/** Any tile of the grid: all show the same place. */
export function tilePlace(grid: Grid, layout: GridLayout, view: AppState["view"]): RulerPlace {
  const geometry = viewGeometry(grid, layout, view);
  const [width, height] = geometry.tilePx;
  const ratio = layout.devicePixelRatio;
  return placeOf(grid, view.plane, geometry, view.voxel, [0, 0], [width / ratio, height / ratio]);
}

/** Corner of a tile in CSS px of all rows. */
export function tileCorner(
  { columnWidthPx, rowHeightPx, devicePixelRatio: ratio }: GridLayout,
  row: number,
  column: number,
): Pair {
  return [cellStart(column, columnWidthPx * ratio) / ratio, cellStart(row, rowHeightPx * ratio) / ratio];
}

/** What of the rulers lies in the slice that a picture shows; the one that is being drawn last. */
export function rulersIn(
  place: RulerPlace,
  { rulers, rulerDraft, view }: Pick<AppState, "rulers" | "rulerDraft" | "view">,
): readonly PlacedRuler[] {
  const { grid, plane, slice } = place;
  const placed = (ruler: Ruler, index: number | null): PlacedRuler[] =>
    ruler.plane === plane && liesInSlice(grid, ruler) && rulerSlice(grid, ruler) === slice
      ? [
          {
            index,
            from: place.pointOf(ruler.from),
            to: place.pointOf(ruler.to),
            text: rulerText(grid, ruler),
          },
        ]
      : [];
  const draft = rulerDraft && { ...rulerDraft, to: rulerDraft.to ?? view.voxel };
  return [...rulers.flatMap(placed), ...(draft ? placed(draft, null) : [])];
}
