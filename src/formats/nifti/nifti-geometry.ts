/** The placement of NIfTI volumes in space by ITK and nibabel. */
import type { Grid } from "../../domain/geometry/grid.ts";
import type { FileGeometry, Placement, Refusal } from "../../domain/reader/file-geometry.ts";
import { valueText } from "../../domain/volume/float32.ts";
import type { NiftiHeader, NiftiPlacement } from "./nifti-header.ts";

/** Rows 0 to 2 of an affine of i, j, k, row-major 3 x 4, in the file's unit. */
type Affine = readonly number[];
type Lengths = readonly [number, number, number];

const UNIT_MM = { micrometres: 1e-3, metres: 1e3 } as const;

/** Maximum deviation of R·Rᵀ from the identity in ITK's test for a rotation, and of two equal forms. */
const ITK_TOLERANCE = 1e-4;

/** Relative tolerance for lengths of float32 columns; smaller differences are rounding. */
const FLOAT32_ROUNDING = 2.5e-7;

/**
 * Places a NIfTI volume as ITK 5.4 (`itkNiftiImageIO.cxx`) and nibabel 5 (`get_best_affine`) do.
 *
 * ITK uses the sform only if its code is 1, the qform's code is 0 or both forms agree, and only if its axes
 * are at right angles. It takes lengths from pixdim and respects the unit. It cannot read NIfTI-2 (its issue
 * 3639), and SimpleITK cannot read images of one dimension. nibabel uses the sform if its code is above 0,
 * else the qform, unchanged. A form that is singular or not finite is skipped, with a notice.
 */
export function niftiGeometry(
  { version, lengths, volumes, bareIntercept, description, placement }: NiftiHeader,
  file: string,
): FileGeometry {
  const { qformCode, sformCode, unit } = placement;
  const [qform, sform] = [Math.max(0, qformCode), Math.max(0, sformCode)];
  const nibabel = byNibabel(placement, lengths, volumes);
  return {
    file,
    codes: { qform, sform },
    unoriented: qform === 0 && sform === 0,
    unit,
    ...(description ? { description } : {}),
    itk:
      version === 2
        ? { ...nibabel, refusal: { kind: "nifti-2" } }
        : { ...byItk(placement, lengths, nibabel), intercept: bareIntercept },
    nibabel,
  };
}

function byNibabel(placement: NiftiPlacement, lengths: Lengths, volumes: number): Placement {
  const { sformCode, sform, qformCode, dimensions } = placement;
  const notices: string[] = [];
  const { mm, missing, negative } = voxelLengths(placement);
  const refusal: Refusal = { kind: "dimensions", dimensions };
  const made = (from: Placement["from"], affine: Affine, more: readonly string[]): Placement => ({
    grid: gridOf(lengths, affine),
    from,
    spacing: [mm[2], mm[1], mm[0]],
    // Files of several volumes are not label files of nnU-Net anyway.
    refusal: dimensions === 3 || volumes > 1 ? null : refusal,
    intercept: 0,
    notices: [...notices, ...more],
  });
  if (sformCode > 0) {
    // The sform has its own lengths.
    if (isInvertible(sform)) return made("sform", sform, negative);
    notices.push("its sform is singular and was not used");
  }
  if (qformCode > 0) {
    const affine = qformOf(placement, mm);
    if (affine) return made("qform", affine, [...missing, ...negative]);
    notices.push("its qform is not a rotation and was not used");
  }
  // LAS, with 0 in the middle of the volume.
  const [i, j, k] = mm;
  const middle = (axis: 0 | 1 | 2) => ((lengths[axis] - 1) / 2) * mm[axis];
  return made(
    "pixdim",
    [-i, 0, 0, middle(0), 0, j, 0, 0 - middle(1), 0, 0, k, 0 - middle(2)],
    [...missing, ...negative],
  );
}

function byItk(
  placement: NiftiPlacement,
  lengths: Lengths,
  nibabel: Placement,
): Omit<Placement, "intercept"> {
  const { sformCode, qformCode, unit, dimensions } = placement;
  const notices: string[] = [];
  const { mm, missing, negative } = voxelLengths(placement);
  const scale = unit ? UNIT_MM[unit] : 1;
  const made = (from: Placement["from"], affine: Affine): Omit<Placement, "intercept"> => ({
    grid: gridOf(
      lengths,
      affine.map((value) => value * scale),
    ),
    from,
    spacing: [mm[2] * scale, mm[1] * scale, mm[0] * scale],
    refusal: dimensions === 1 ? { kind: "dimensions", dimensions } : null,
    notices: [...notices, ...missing, ...negative],
  });
  const [i, j, k] = mm;
  // LPS, with 0 at the first voxel.
  if (sformCode <= 0 && qformCode <= 0) return made("pixdim", [-i, 0, 0, 0, 0, -j, 0, 0, 0, 0, k, 0]);
  const sform = sformCode > 0 && isOrthonormal(placement.sform) ? scaledTo(placement.sform, mm) : null;
  const qform = qformCode > 0 ? qformOf(placement, mm) : null;
  if (sform && (sformCode === 1 || !qform || areSimilar(sform, qform))) return made("sform", sform);
  if (qformCode > 0 && !qform) notices.push("its qform is not a rotation and was not used");
  if (qform) return made("qform", qform);
  const { grid, from, spacing, notices: ofNibabel } = nibabel;
  const kind = sformCode > 0 && !isInvertible(placement.sform) ? "singular" : "not-orthonormal";
  return { grid, from, spacing, refusal: { kind }, notices: ofNibabel };
}

/**
 * Returns the lengths that readers take from pixdim: 1 for invalid values, the absolute value of negative
 * ones.
 */
function voxelLengths({ pixdim, dimensions }: NiftiPlacement): {
  mm: Lengths;
  missing: string[];
  negative: string[];
} {
  const missing: string[] = [];
  const negative: string[] = [];
  const at = (axis: 0 | 1 | 2): number => {
    const length = pixdim[axis];
    // Values beyond the dimensions have no meaning.
    const counts = axis < dimensions;
    if (!Number.isFinite(length) || length === 0) {
      if (counts) missing.push(`its voxel length ${length} was replaced by 1 mm`);
      return 1;
    }
    if (length < 0 && counts) {
      negative.push(
        `its voxel length ${valueText(length)} (pixdim) is negative, which NIfTI does not allow and programs read differently; ` +
          `${valueText(-length)} was used`,
      );
    }
    return Math.abs(length);
  };
  return { mm: [at(0), at(1), at(2)], missing, negative };
}

/** Returns the qform with these lengths; null if its quaternion is invalid. */
function qformOf({ qform }: NiftiPlacement, mm: Lengths): Affine | null {
  return isInvertible(qform) ? scaledTo(qform, mm) : null;
}

/** Returns the same directions and origin with other lengths. Lengths that differ only by rounding stay. */
function scaledTo(affine: Affine, mm: Lengths): Affine {
  const factors = mm.map((wanted, column) => {
    const length = lengthOf(affine, column);
    return Math.abs(length - wanted) <= FLOAT32_ROUNDING * wanted ? 1 : wanted / length;
  });
  return affine.map((value, at) => value * (factors[at % 4] ?? 1));
}

function lengthOf(affine: Affine, column: number): number {
  return Math.hypot(affine[column] ?? 0, affine[4 + column] ?? 0, affine[8 + column] ?? 0);
}

/** Returns the matrix of unit directions of the axes. */
function directionsOf(affine: Affine): number[][] {
  return [0, 1, 2].map((row) =>
    [0, 1, 2].map((column) => (affine[row * 4 + column] ?? 0) / lengthOf(affine, column)),
  );
}

function isOrthonormal(affine: Affine): boolean {
  if (!isInvertible(affine)) return false;
  const rows = directionsOf(affine);
  return rows.every((a, i) =>
    rows.every((b, j) => {
      const product = a.reduce((sum, value, column) => sum + value * (b[column] ?? 0), 0);
      return Math.abs(product - (i === j ? 1 : 0)) <= ITK_TOLERANCE;
    }),
  );
}

/** Compares two affines with equal lengths. */
function areSimilar(a: Affine, b: Affine): boolean {
  const [first, second] = [directionsOf(a).flat(), directionsOf(b).flat()];
  const near = (x: number | undefined, y: number | undefined) =>
    Math.abs((x ?? 0) - (y ?? 0)) <= ITK_TOLERANCE;
  return first.every((value, at) => near(value, second[at])) && [3, 7, 11].every((at) => near(a[at], b[at]));
}

/** Array axes 0, 1, 2 are NIfTI's k, j, i, as nnU-Net reads files. */
function gridOf([ni, nj, nk]: Lengths, affine: Affine): Grid {
  // Columns i, j, k, origin become k, j, i, origin.
  const toWorld = [0, 1, 2].flatMap((row) => [2, 1, 0, 3].map((column) => affine[row * 4 + column] ?? 0));
  return { shape: [nk, nj, ni], toWorld };
}

function isInvertible(m: Affine): boolean {
  const at = (row: number, column: number) => m[row * 4 + column] ?? 0;
  const determinant =
    at(0, 0) * (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)) -
    at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0)) +
    at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0));
  const box = [0, 1, 2].reduce((product, column) => product * lengthOf(m, column), 1);
  return m.every(Number.isFinite) && Math.abs(determinant) > 1e-6 * box;
}
