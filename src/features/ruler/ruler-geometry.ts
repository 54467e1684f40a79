/** Maps rulers between positions in the case and pixels of a pane or tile. Pure. */

import type { SliceSpec } from "../../app/commands/slice-commands.ts";
import type { Pair } from "../../base/pair.ts";
import type { Grid, Plane, Triple } from "../../domain/geometry/grid.ts";
import { liesInSlice } from "../../domain/geometry/lies-in-slice.ts";
import { type Ruler, rulerSlice, rulerText } from "../../domain/geometry/ruler.ts";
import type { AppState } from "../../state/app-state.ts";
import type { GridLayout } from "../../viewers/shared/grid-layout.ts";
import {
  cellStart,
  tilePointOf,
  type ViewGeometry,
  viewGeometry,
} from "../../viewers/shared/view-geometry.ts";
import { sliceGeometry } from "../../viewers/slices/slice-geometry.ts";

/** One slice as a pane or tile shows it. Points are CSS px from its corner. */
export interface RulerPlace {
  readonly grid: Grid;
  readonly plane: Plane;
  readonly slice: number;
  readonly sizePx: Pair;
  pointOf(position: Triple): Pair;
  /** The exact position under a point, which may be between voxels. */
  positionAt(point: Pair): Triple;
}

/** Radius of the dots at a ruler's ends. */
export const RULER_DOT_PX = 3.5;

/** A ruler placed on a pane or tile. */
export interface PlacedRuler {
  /** Index in the list; null for the one being drawn. */
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
      // Here voxel i covers [i, i + 1); elsewhere whole numbers are voxel centres.
      const along = (side: 0 | 1) =>
        origin[side] + step[side] * (point[side] - corner[side]) * devicePixelRatio - 0.5;
      const position: [number, number, number] = [...voxel];
      position[axes.horizontal.axis] = along(0);
      position[axes.vertical.axis] = along(1);
      return position;
    },
  };
}

/** Returns the place of a pane in a layout of slices. */
export function panePlace(
  grid: Grid,
  pane: SliceSpec,
  { view, planes, outlinePx }: Pick<AppState, "view" | "planes" | "outlinePx">,
  devicePixelRatio: number,
): RulerPlace {
  const { rect, plane } = pane;
  const { convention, voxel, crosshair, window, interpolated } = view;
  const shown = sliceGeometry(
    grid,
    { ...pane, zoom: planes.zoom, panMm: planes.pans[plane] },
    { convention, voxel, crosshair, window, interpolated, outlinePx },
    devicePixelRatio,
  );
  // Panes are drawn from the nearest whole device pixel.
  const corner: Pair = [
    shown.corner[0] / devicePixelRatio - rect.x,
    shown.corner[1] / devicePixelRatio - rect.y,
  ];
  return placeOf(grid, plane, shown.geometry, shown.voxel, corner, [rect.width, rect.height]);
}

/** Returns the place of a tile of the grid; all tiles show the same. */
export function tilePlace(grid: Grid, layout: GridLayout, view: AppState["view"]): RulerPlace {
  const geometry = viewGeometry(grid, layout, view);
  const [width, height] = geometry.tilePx;
  const ratio = layout.devicePixelRatio;
  return placeOf(grid, view.plane, geometry, view.voxel, [0, 0], [width / ratio, height / ratio]);
}

/** Returns a tile's corner in CSS px from the top left of all rows. */
export function tileCorner(
  { columnWidthPx, rowHeightPx, devicePixelRatio: ratio }: GridLayout,
  row: number,
  column: number,
): Pair {
  return [cellStart(column, columnWidthPx * ratio) / ratio, cellStart(row, rowHeightPx * ratio) / ratio];
}

/** Returns the rulers in the slice that a pane or tile shows; the one being drawn comes last. */
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
