/** Describes where voxels lie in the patient, and how planes of them appear on the screen. */

/** One number per array axis (0, 1, 2): z, y, x as nnU-Net reads a file, unless the plans transpose. */
export type Triple = readonly [number, number, number];

/** Which array axes of a reordered volume point opposite to the original axis. */
export type Backwards = readonly [boolean, boolean, boolean];
export const FORWARD: Backwards = [false, false, false];

/** The position of a volume's voxels in the patient. */
export interface Grid {
  readonly shape: Triple;
  /**
   * 12 numbers, row-major 3x4. Row r gives the RAS coordinate r (R+, A+, S+) in mm.
   * Column a < 3 is the step along array axis a; column 3 is the position of the centre of voxel (0,0,0).
   */
  readonly toWorld: readonly number[];
}

export type Plane = "axial" | "coronal" | "sagittal";
/**
 * Radiological: the patient's right is on the left of the screen, as seen from the feet. Neurological: it is
 * on the right.
 */
export type Convention = "radiological" | "neurological";
type Axis = 0 | 1 | 2;

export interface PlaneAxis {
  readonly axis: Axis;
  /** +1: the index grows to the right or downwards on the screen (or towards the next slice). */
  readonly direction: 1 | -1;
}

export interface PlaneAxes {
  readonly horizontal: PlaneAxis;
  readonly vertical: PlaneAxis;
  /** The next slice lies towards S (axial), A (coronal) or R (sagittal). */
  readonly slice: PlaneAxis;
  readonly letters: {
    readonly left: string;
    readonly right: string;
    readonly top: string;
    readonly bottom: string;
  };
}

const AXES: readonly Axis[] = [0, 1, 2];
const POSITIVE = ["R", "A", "S"] as const;
const NEGATIVE = ["L", "P", "I"] as const;

const entry = (grid: Grid, row: number, column: number): number => grid.toWorld[row * 4 + column] ?? 0;

export function voxelCount(shape: Triple): number {
  return shape[0] * shape[1] * shape[2];
}

/** Letters of a volume's array axes: z, y, x of the file, in the order of the plans. */
export function axisLetters(transpose: Triple): readonly string[] {
  return transpose.map((axis) => "zyx"[axis] ?? "");
}

/** Distance between neighbouring voxels along each array axis, in mm. */
export function spacingMm(grid: Grid): Triple {
  const along = (a: Axis) => Math.hypot(entry(grid, 0, a), entry(grid, 1, a), entry(grid, 2, a));
  return [along(0), along(1), along(2)];
}

/** Returns the extent along the array axes, in mm, of the voxels from `first` up to and including `last`. */
export function boxMm(
  grid: Grid,
  { first, last }: { readonly first: Triple; readonly last: Triple },
): Triple {
  const spacing = spacingMm(grid);
  const along = (axis: Axis) => (last[axis] - first[axis] + 1) * spacing[axis];
  return [along(0), along(1), along(2)];
}

/** For each world axis (R, A, S): the closest array axis, and whether it points the same way. */
function nearestAxes(grid: Grid): readonly [PlaneAxis, PlaneAxis, PlaneAxis] {
  const spacing = spacingMm(grid);
  const found: (PlaneAxis | undefined)[] = [undefined, undefined, undefined];
  const used = new Set<Axis>();
  for (let round = 0; round < 3; round++) {
    // The clearest match comes first, so that an oblique axis cannot take another's place. Ties go to NIfTI's
    // i, then j, then k (array axes 2, 1, 0), as in nibabel.io_orientation.
    let best = -1;
    let bestAxis: Axis = 0;
    let bestWorld = 0;
    for (const axis of [2, 1, 0] as const) {
      if (used.has(axis)) continue;
      for (let world = 0; world < 3; world++) {
        const size = Math.abs(entry(grid, world, axis)) / (spacing[axis] || 1);
        if (found[world] || size <= best + 1e-12) continue;
        best = size;
        bestAxis = axis;
        bestWorld = world;
      }
    }
    found[bestWorld] = { axis: bestAxis, direction: entry(grid, bestWorld, bestAxis) < 0 ? -1 : 1 };
    used.add(bestAxis);
  }
  const [right, anterior, superior] = found;
  if (!right || !anterior || !superior) throw new Error("a grid needs 12 finite numbers in toWorld");
  return [right, anterior, superior];
}

/**
 * Letters for array axes 2, 1, 0 (NIfTI's i, j, k) that tell where each index grows, as in
 * `nibabel.aff2axcodes`: "RAS".
 */
export function orientationCode(grid: Grid): string {
  const world = nearestAxes(grid);
  return [2, 1, 0]
    .map((axis) => {
      const row = world.findIndex((w) => w.axis === axis);
      return (world[row]?.direction === 1 ? POSITIVE : NEGATIVE)[row] ?? "?";
    })
    .join("");
}

/**
 * The same voxels with the array axes reordered: new axis a is old axis `axes[a]` (as in nnU-Net's
 * `transpose_forward`), reversed if `backwards[a]`.
 */
export function transposeGrid(grid: Grid, axes: Triple, backwards: Backwards = FORWARD): Grid {
  const along = (a: number) => grid.shape[a] ?? 1;
  const toWorld = AXES.flatMap((row) => {
    // Subtracts from 0 because comparisons distinguish -0 from 0.
    const step = (a: Axis) => (backwards[a] ? 0 - entry(grid, row, axes[a]) : entry(grid, row, axes[a]));
    const first = AXES.reduce<number>(
      (sum, a) => sum + (backwards[a] ? entry(grid, row, axes[a]) * (along(axes[a]) - 1) : 0),
      entry(grid, row, 3),
    );
    return [step(0), step(1), step(2), first];
  });
  return { shape: [along(axes[0]), along(axes[1]), along(axes[2])], toWorld };
}

/**
 * The axes, in terms of {@link transposeGrid}, that put the same voxels in RAS order, like
 * `nibabel.as_closest_canonical`.
 */
export function rasOrder(grid: Grid): { readonly axes: Triple; readonly backwards: Backwards } {
  const [right, anterior, superior] = nearestAxes(grid);
  return {
    axes: [superior.axis, anterior.axis, right.axis],
    backwards: [superior.direction < 0, anterior.direction < 0, right.direction < 0],
  };
}

/** Position (R, A, S) in mm of a voxel centre; accepts fractional voxels. */
export function worldFromVoxel(grid: Grid, voxel: Triple): Triple {
  const at = (row: number) =>
    entry(grid, row, 0) * voxel[0] +
    entry(grid, row, 1) * voxel[1] +
    entry(grid, row, 2) * voxel[2] +
    entry(grid, row, 3);
  return [at(0), at(1), at(2)];
}

/** Continuous voxel coordinates of a position in mm; all NaN if the grid is singular. */
export function voxelFromWorld(grid: Grid, mm: Triple): Triple {
  const m = (row: number, column: number) => entry(grid, row % 3, column % 3);
  const cofactor = (row: number, column: number) =>
    m(row + 1, column + 1) * m(row + 2, column + 2) - m(row + 1, column + 2) * m(row + 2, column + 1);
  const determinant = m(0, 0) * cofactor(0, 0) + m(0, 1) * cofactor(0, 1) + m(0, 2) * cofactor(0, 2);
  if (determinant === 0) return [Number.NaN, Number.NaN, Number.NaN];
  const d = [mm[0] - entry(grid, 0, 3), mm[1] - entry(grid, 1, 3), mm[2] - entry(grid, 2, 3)] as const;
  const at = (column: number) =>
    (cofactor(0, column) * d[0] + cofactor(1, column) * d[1] + cofactor(2, column) * d[2]) / determinant;
  return [at(0), at(1), at(2)];
}

/** Equal shapes, and all eight corners within 1 % of a voxel or 1e-3 mm, whichever is larger. */
export function sameGrid(a: Grid, b: Grid): boolean {
  if (a.shape.some((n, axis) => n !== b.shape[axis])) return false;
  // NaN counts as different.
  return cornerDistanceMm(a, b) <= Math.max(1e-3, 0.01 * Math.min(...spacingMm(a)));
}

/** The largest distance between corner voxels of equal indices, in mm, for grids of equal shape. */
export function cornerDistanceMm(a: Grid, b: Grid): number {
  const corners = Array.from({ length: 8 }, (_, corner): Triple => {
    const at = (axis: Axis) => ((corner >> axis) & 1 ? a.shape[axis] - 1 : 0);
    return [at(0), at(1), at(2)];
  });
  return Math.max(...corners.map((voxel) => voxelDistanceMm(a, b, voxel)));
}

/** The distance between voxels of equal indices, in mm. */
export function voxelDistanceMm(a: Grid, b: Grid, voxel: Triple): number {
  const [p, q] = [worldFromVoxel(a, voxel), worldFromVoxel(b, voxel)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

const flipped = (axis: PlaneAxis): PlaneAxis => ({
  axis: axis.axis,
  direction: axis.direction === 1 ? -1 : 1,
});

/**
 * How to show a plane of the grid without resampling: the nearest orthogonal view of a possibly oblique grid.
 * In the radiological convention, axial and coronal show patient R on the left, in the neurological
 * convention on the right. In both, A is at the top of axial, S at the top of the others, and A at the left
 * of sagittal.
 */
export function planeAxes(grid: Grid, plane: Plane, convention: Convention = "radiological"): PlaneAxes {
  const [right, anterior, superior] = nearestAxes(grid);
  const isRadiological = convention === "radiological";
  const across = isRadiological ? flipped(right) : right;
  const sides = isRadiological ? { left: "R", right: "L" } : { left: "L", right: "R" };
  switch (plane) {
    case "axial":
      return {
        horizontal: across,
        vertical: flipped(anterior),
        slice: superior,
        letters: { ...sides, top: "A", bottom: "P" },
      };
    case "coronal":
      return {
        horizontal: across,
        vertical: flipped(superior),
        slice: anterior,
        letters: { ...sides, top: "S", bottom: "I" },
      };
    case "sagittal":
      return {
        horizontal: flipped(anterior),
        vertical: flipped(superior),
        slice: right,
        letters: { left: "A", right: "P", top: "S", bottom: "I" },
      };
  }
}
