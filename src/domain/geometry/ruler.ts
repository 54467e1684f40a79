/** Measures distances: lines in one slice, between exact positions rather than voxels. Pure. */
import type { Pair } from "../../base/pair.ts";
import { type Grid, type Plane, planeAxes, type Triple, worldFromVoxel } from "./grid.ts";

export interface Ruler {
  /** The plane in which it was drawn and is shown. */
  readonly plane: Plane;
  /**
   * In full-size voxels, whole numbers at voxel centres as in `worldFromVoxel`. Both ends lie in one slice of
   * the plane.
   */
  readonly from: Triple;
  readonly to: Triple;
}

/**
 * The distance in the patient, through the affine, so that thick slices and oblique grids count correctly.
 */
export function distanceMm(grid: Grid, from: Triple, to: Triple): number {
  const [a, b] = [worldFromVoxel(grid, from), worldFromVoxel(grid, to)];
  return Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
}

/** "42.3 mm" */
export function rulerText(grid: Grid, { from, to }: Pick<Ruler, "from" | "to">): string {
  return `${distanceMm(grid, from, to).toFixed(1)} mm`;
}

/** The slice that contains a ruler, as an index along the plane's slice axis. */
export function rulerSlice(grid: Grid, { plane, from }: Ruler): number {
  return from[planeAxes(grid, plane).slice.axis];
}

/** Distance between a line and its text. */
const TEXT_GAP_PX = 7;
/** Margins at left and right, and at top and bottom, where pictures show text. */
const EDGE_PX: Pair = [1, 16];

/**
 * Centre of a ruler's text: beside the middle of its line, above or to the right of it if there is room,
 * otherwise on the other side, and always inside the picture. Null if the picture is too small for it.
 * @param text width and height of the text, `bounds` those of the picture, all in px
 */
export function textCentre(a: Pair, b: Pair, text: Pair, bounds: Pair): Pair | null {
  if (text[0] > bounds[0] || text[1] > bounds[1]) return null;
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy);
  // Perpendicular to the line, pointing up; to the right for a vertical line.
  const sign = dx > 0 || (dx === 0 && dy > 0) ? 1 : -1;
  const across: Pair = length === 0 ? [0, -1] : [(dy / length) * sign, (-dx / length) * sign];
  const away = TEXT_GAP_PX + (Math.abs(across[0]) * text[0] + Math.abs(across[1]) * text[1]) / 2;
  const at = (side: 0 | 1, by: number) => (a[side] + b[side]) / 2 + across[side] * by;
  const within = (side: 0 | 1, place: number) => {
    const least = Math.min(bounds[side] / 2, text[side] / 2 + EDGE_PX[side]);
    return Math.max(least, Math.min(bounds[side] - least, place));
  };
  const fits = (by: number) => ([0, 1] as const).every((side) => within(side, at(side, by)) === at(side, by));
  const by = fits(away) || !fits(-away) ? away : -away;
  return [within(0, at(0, by)), within(1, at(1, by))];
}
