/** By how much two grids of one shape differ, in what nnU-Net compares: spacing, origin and direction. */
import { cornerDistanceMm, type Grid, spacingMm, type Triple, voxelDistanceMm } from "./grid.ts";
import { cross, dot } from "./grid-overlap.ts";

type Axis = 0 | 1 | 2;
const AXES = [0, 1, 2] as const;

/** Relative: that of numpy's `allclose`, with which nnU-Net's integrity check compares spacings. */
const SPACING_TOLERANCE = 1e-5;

/** In mm, along array axes: as readers hand them on to nnU-Net; the affine's lengths may be others. */
export interface Spacings {
  readonly image: Triple;
  readonly labels: Triple;
}

export interface GridDifference {
  /** Array axes along which spacings differ by more than nnU-Net allows. */
  readonly spacingAxes: readonly Axis[];
  /** From the first voxel's centre to that of the other grid. */
  readonly originMm: number;
  /** The largest angle between two axes of the same number. */
  readonly degrees: number;
  /** The largest distance of a corner voxel from that of the other grid. */
  readonly cornerMm: number;
  /** The same, in lengths of the shortest edge of the image's voxels. */
  readonly cornerVoxels: number;
}

/** For grids of one shape. @param spacings what nnU-Net compares, where that is not the grids' */
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
