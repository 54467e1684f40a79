/** Tells whether a ruler of an address or file lies in a slice of a grid. */
import { type Grid, planeAxes } from "./grid.ts";
import type { Ruler } from "./ruler.ts";

/** True if both ends lie in the same slice, and the grid has that slice. */
export function liesInSlice(grid: Grid, ruler: Ruler): boolean {
  const { axis } = planeAxes(grid, ruler.plane).slice;
  const slice = ruler.from[axis];
  return (
    [...ruler.from, ...ruler.to].every(Number.isFinite) &&
    ruler.to[axis] === slice &&
    Number.isInteger(slice) &&
    slice >= 0 &&
    slice < grid.shape[axis]
  );
}
