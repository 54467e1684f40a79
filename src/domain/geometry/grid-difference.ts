/** Measures how two grids of equal shape differ in spacing, origin and direction, which nnU-Net compares. */
import { cornerDistanceMm, type Grid, spacingMm, type Triple, voxelDistanceMm } from "./grid.ts";
import { cross, dot } from "./grid-overlap.ts";

type Axis = 0 | 1 | 2;
const AXES = [0, 1, 2] as const;

/** Relative tolerance of numpy's `allclose`, with which nnU-Net's integrity check compares spacings. */
const SPACING_TOLERANCE = 1e-5;

/** In mm, along array axes, as readers pass them to nnU-Net; the affine's lengths may differ. */
export interface Spacings {
  readonly image: Triple;
  readonly labels: Triple;
}

export interface GridDifference {
  /** Array axes along which spacings differ by more than nnU-Net allows. */
  readonly spacingAxes: readonly Axis[];
  /** Distance between the centres of the first voxels. */
  readonly originMm: number;
  /** The largest angle between axes of the same number. */
  readonly degrees: number;
  /** The largest distance between corresponding corner voxels. */
  readonly cornerMm: number;
  /** The same distance, in units of the shortest edge of the image's voxels. */
  readonly cornerVoxels: number;
}

/** For grids of equal shape. @param spacings what nnU-Net compares, if it differs from the grids */
export function gridDifference(image: Grid, labels: Grid, spacings: Spacings | null = null): GridDifference {
  const { image: ofImage, labels: ofLabels } = spacings ?? {
    image: spacingMm(image),
    labels: spacingMm(labels),
  };
  const cornerMm = cornerDistanceMm(image, labels);
  return {
    spacingAxes: AXES.filter(
      (axis) => !(Math.abs(ofImage[axis] - ofLabels[axis]) <= SPACING_TOLERANCE * ofImage[axis]),
    ),
    originMm: voxelDistanceMm(image, labels, [0, 0, 0]),
    degrees: Math.max(...AXES.map((axis) => angle(direction(image, axis), direction(labels, axis)))),
    cornerMm,
    cornerVoxels: cornerMm / Math.min(...spacingMm(image)),
  };
}

type Vector = readonly [number, number, number];

function direction({ toWorld }: Grid, axis: Axis): Vector {
  const at = (row: number) => toWorld[row * 4 + axis] ?? 0;
  return [at(0), at(1), at(2)];
}

/** In degrees. */
function angle(u: Vector, v: Vector): number {
  // An arc cosine would be off by a hundredth of a degree at small angles.
  return (Math.atan2(Math.hypot(...cross(u, v)), dot(u, v)) * 180) / Math.PI;
}
