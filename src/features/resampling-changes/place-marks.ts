/** Places the outline of a changed place over a slice of either grid. Pure. */
import type { Pair } from "../../base/pair.ts";
import {
  type Grid,
  planeAxes,
  type Triple,
  voxelFromWorld,
  worldFromVoxel,
} from "../../domain/geometry/grid.ts";
import type { ChangedPlace } from "../../domain/training-grid/changed-place.ts";
import { placeOutline } from "../../domain/training-grid/place-outline.ts";
import type { RulerPlace } from "../ruler/ruler-geometry.ts";

/** An outline smaller than this, in CSS px, gets a frame around it that is at least as large. */
const MIN_FRAME_PX = 24;

export interface PlaceMark {
  /** An SVG path of the edges. */
  readonly path: string;
  /** A frame around an outline that is too small to be seen; null around others. */
  readonly frame: { readonly x: number; readonly y: number; readonly size: number } | null;
}

type Picture = Pick<RulerPlace, "grid" | "plane" | "slice" | "pointOf">;

/** Null if the slice does not cut the place. */
export function placeMark(place: ChangedPlace, picture: Picture): PlaceMark | null {
  const { axis } = planeAxes(picture.grid, picture.plane).slice;
  const edges = placeOutline(place, axis, slicesUnder(place.grid, picture.grid, axis, picture.slice));
  if (edges.length === 0) return null;
  const points = edges.map(({ from, to }) => {
    const at = (voxel: Triple) => picture.pointOf(inGrid(picture.grid, place.grid, voxel));
    return [at(from), at(to)] as const;
  });
  const path = points.map(([from, to]) => `M${px(from)}L${px(to)}`).join("");
  const all = points.flat();
  const [left, right] = [Math.min(...xs(all)), Math.max(...xs(all))];
  const [top, bottom] = [Math.min(...ys(all)), Math.max(...ys(all))];
  const isSmall = Math.max(right - left, bottom - top) < MIN_FRAME_PX / 2;
  const corner = (a: number, b: number) => (a + b - MIN_FRAME_PX) / 2;
  return {
    path,
    frame: isSmall ? { x: corner(left, right), y: corner(top, bottom), size: MIN_FRAME_PX } : null,
  };
}

/** The slices of `grid` that have their middle in a slice of the grid that is shown; else the nearest one. */
function slicesUnder(grid: Grid, shown: Grid, axis: 0 | 1 | 2, slice: number): readonly [number, number] {
  const at = (index: number) => {
    const voxel: [number, number, number] = [0, 0, 0];
    voxel[axis] = index;
    return inGrid(grid, shown, voxel)[axis];
  };
  const [from, to] = [at(slice - 0.5), at(slice + 0.5)];
  // A middle on the border belongs to the slice after it. The affines are only exact to a few bits.
  const [first, last] = [Math.ceil(from - EPSILON), Math.ceil(to - EPSILON) - 1];
  const nearest = Math.round(at(slice));
  return first <= last ? [first, last] : [nearest, nearest];
}

const EPSILON = 1e-6;

/** The position in `grid` of a position in another grid of the same case. */
function inGrid(grid: Grid, from: Grid, voxel: Triple): Triple {
  return grid === from ? voxel : voxelFromWorld(grid, worldFromVoxel(from, voxel));
}

const px = ([x, y]: Pair) => `${x.toFixed(1)} ${y.toFixed(1)}`;
const xs = (points: readonly Pair[]) => points.map(([x]) => x);
const ys = (points: readonly Pair[]) => points.map(([, y]) => y);
