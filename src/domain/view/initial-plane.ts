/** The plane that a case opens with. */
import { type Grid, type Plane, planeAxes, spacingMm } from "../geometry/grid.ts";

const PLANES: readonly Plane[] = ["coronal", "axial", "sagittal"];

/** Ratio of slice thickness to the finest spacing above which the view opens in the acquisition plane. */
const THICK = 1.8;

/** Ratio of length to width beyond which a slice would be drawn less than a pixel wide. */
const SLIVER = 40;

/**
 * Coronal, unless the voxels are thick along one axis: then the plane perpendicular to it. If its slices are
 * slivers, as in a volume of one long row, the plane whose slices are closest to square.
 */
export function initialPlane(grid: Grid): Plane {
  const spacing = spacingMm(grid);
  const thickest = ([0, 1, 2] as const).reduce((a, b) => (spacing[b] > spacing[a] ? b : a), 0);
  const flat = grid.shape.indexOf(1);
  const across = flat >= 0 ? flat : spacing[thickest] > THICK * Math.min(...spacing) ? thickest : null;
  const usual = PLANES.find((plane) => planeAxes(grid, plane).slice.axis === across) ?? "coronal";
  const elongation = (plane: Plane) => {
    const [width, height] = planeExtentMm(grid, plane);
    return Math.max(width / height, height / width);
  };
  const squarest = PLANES.reduce((a, b) => (elongation(b) < elongation(a) ? b : a));
  return elongation(usual) > SLIVER ? squarest : usual;
}

/** Extent of a plane's slices in mm: width, height. */
export function planeExtentMm(grid: Grid, plane: Plane): readonly [number, number] {
  const { horizontal, vertical } = planeAxes(grid, plane);
  const spacing = spacingMm(grid);
  return [
    grid.shape[horizontal.axis] * spacing[horizontal.axis],
    grid.shape[vertical.axis] * spacing[vertical.axis],
  ];
}
