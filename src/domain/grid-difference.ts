/** By how much two grids of one shape differ, in what nnU-Net compares: spacing, origin and direction. */
import { type Grid, spacingMm, type Triple, worldFromVoxel } from "./grid.ts";

/** Relative: numpy's `allclose`, which nnU-Net's integrity check calls. */
const SPACING_TOLERANCE = 1e-5;

export interface GridDifference {
  /** Array axes along which spacings differ by more than nnU-Net allows. */
  readonly spacingAxes: readonly (0 | 1 | 2)[];
  /** From the first voxel's centre to the other's. */
  readonly originMm: number;
  /** The largest angle between two axes of the same number. */
  readonly degrees: number;
  /** The largest distance of a corner voxel from the other's, in mm and in lengths of the shortest voxel edge. */
  readonly cornerMm: number;
  readonly cornerVoxels: number;
}

/** @param a nnU-Net's reference: the image */
export function gridDifference(a: Grid, b: Grid): GridDifference {
  const [ofA, ofB] = [spacingMm(a), spacingMm(b)];
  const spacingAxes = ([0, 1, 2] as const).filter(
    (axis) => !(Math.abs(ofA[axis] - ofB[axis]) <= SPACING_TOLERANCE * ofA[axis]),
  );
  const cornerMm = Math.max(...cornersOf(a.shape).map((corner) => distance(a, b, corner)));
  return {
    spacingAxes,
    originMm: distance(a, b, [0, 0, 0]),
    degrees: Math.max(...([0, 1, 2] as const).map((axis) => angle(a, b, axis))),
    cornerMm,
    cornerVoxels: cornerMm / Math.min(...ofA),
  };
}

function cornersOf(shape: Triple): Triple[] {
  return Array.from({ length: 8 }, (_, corner) => {
    const at = (axis: 0 | 1 | 2) => ((corner >> axis) & 1 ? shape[axis] - 1 : 0);
    return [at(0), at(1), at(2)];
  });
}

function distance(a: Grid, b: Grid, voxel: Triple): number {
  const [p, q] = [worldFromVoxel(a, voxel), worldFromVoxel(b, voxel)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/** Between the directions of an array axis, in degrees. */
function angle(a: Grid, b: Grid, axis: 0 | 1 | 2): number {
  const [u, v] = [a, b].map(({ toWorld }) => [0, 1, 2].map((row) => toWorld[row * 4 + axis] ?? 0));
  const [x = 0, y = 0, z = 0] = u ?? [];
  const [p = 0, q = 0, r = 0] = v ?? [];
  const across = Math.hypot(y * r - z * q, z * p - x * r, x * q - y * p);
  // An arc cosine would be off by a hundredth of a degree at small angles.
  return (Math.atan2(across, x * p + y * q + z * r) * 180) / Math.PI;
}
