/** Centres a view on a voxel. */
import {
  type Convention,
  type Grid,
  type Plane,
  planeAxes,
  spacingMm,
  type Triple,
} from "../geometry/grid.ts";

/** The pan that centres a voxel in every tile, in mm to the right and down. */
export function panTo(
  grid: Grid,
  plane: Plane,
  convention: Convention,
  voxel: Triple,
): readonly [number, number] {
  const { horizontal, vertical } = planeAxes(grid, plane, convention);
  const spacing = spacingMm(grid);
  const pan = ({ axis, direction }: typeof horizontal) =>
    direction * (grid.shape[axis] / 2 - (voxel[axis] + 0.5)) * spacing[axis];
  return [pan(horizontal), pan(vertical)];
}
