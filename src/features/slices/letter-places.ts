/** Places the orientation letters of a pane beside the crosshair's lines. Pure. */
import type { Pair } from "../../base/pair.ts";
import type { Rect } from "../../base/rect.ts";
import type { Grid, Plane } from "../../domain/geometry/grid.ts";
import type { ViewState } from "../../domain/view/fields.ts";
import type { PlanesView } from "../../domain/view/view-values.ts";
import { tilePointOf } from "../../viewers/shared/view-geometry.ts";
import { sliceGeometry } from "../../viewers/slices/slice-geometry.ts";

/** In smaller panes letters are in a corner (`planes.css`). */
const MIN_PX: Pair = [170, 130];
/** Minimum distance from the middle of a letter to a line, in CSS px. */
const CLEAR_PX = 12;

interface Place {
  readonly grid: Grid;
  readonly plane: Plane;
  readonly rect: Rect;
  readonly view: ViewState;
  readonly planes: PlanesView;
}

/**
 * Returns how far the letters stand from the middle of their edges, in CSS px: those above and below to the
 * right, those at the sides downwards. 0 unless a line of the crosshair would run through them.
 */
export function letterOffsets({ grid, plane, rect, view, planes }: Place): Pair {
  const pane = {
    rect,
    plane,
    slice: null,
    targets: { side: 0, scale: 0 },
    against: null,
    zoom: planes.zoom,
    panMm: planes.pans[plane],
  } as const;
  const { geometry } = sliceGeometry(grid, pane, { ...view, outlinePx: 1 }, 1);
  const [x, y] = tilePointOf(geometry, view.voxel);
  const isTiny = rect.width <= MIN_PX[0] && rect.height <= MIN_PX[1];
  return view.crosshair && !isTiny ? [beside(x - rect.width / 2), beside(y - rect.height / 2)] : [0, 0];
}

/** @param line offset of the line from the middle */
function beside(line: number): number {
  if (Math.abs(line) >= CLEAR_PX) return 0;
  return Math.round(line <= 0 ? line + CLEAR_PX : line - CLEAR_PX);
}
