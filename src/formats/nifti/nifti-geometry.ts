import type { Grid } from "../../domain/geometry/grid.ts";
import type { FileGeometry, Placement, Refusal } from "../../domain/reader/file-geometry.ts";
import { valueText } from "../../domain/volume/float32.ts";
import type { NiftiHeader, NiftiPlacement } from "./nifti-header.ts";

/** Rows 0 to 2 of an affine of i, j, k, row-major 3 x 4, in the file's unit. */
type Affine = readonly number[];
type Lengths = readonly [number, number, number];

const UNIT_MM = { micrometres: 1e-3, metres: 1e3 } as const;

/**
 * Elements of R·Rᵀ beyond which ITK takes a matrix for no rotation, and in which two forms are the same to
 * it.
 */
const ITK_TOLERANCE = 1e-4;

/** Relative, of lengths along float32 columns: what is less is rounding. */
const FLOAT32_ROUNDING = 2.5e-7;

/**
 * Where a NIfTI volume lies, as ITK 5.4 (`itkNiftiImageIO.cxx`) and nibabel 5 (`get_best_affine`) take its
 * header.
 *
 * ITK takes the sform only if its code is 1, the qform's is 0 or both say the same, and only if its axes are
 * at right angles; lengths come from pixdim, and its unit counts. It has no code for NIfTI-2 (its issue
 * 3639). SimpleITK takes no image of one dimension. nibabel takes the sform if its code is above 0, else the
 * qform, as they stand. A form that is singular or not finite is passed over, and a notice says so.
 */
export function niftiGeometry(
  { version, lengths, volumes, bareIntercept, placement }: NiftiHeader,
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
    // A file of several volumes is no label file of nnU-Net's anyway.
    refusal: dimensions === 3 || volumes > 1 ? null : refusal,
    intercept: 0,
    notices: [...notices, ...more],
  });
  if (sformCode > 0) {
    // It has lengths of its own.
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
 * The lengths that readers take for those of pixdim: 1 for what is none, the absolute value of what is
 * negative.
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
    // What stands beyond the dimensions means nothing.
    const counts = axis < dimensions;
    if (!Number.isFinite(length) || length === 0) {
      if (counts) missing.push(`its voxel length ${length} was taken as 1 mm`);
      return 1;
    }
    if (length < 0 && counts) {
      negative.push(
        `its voxel length ${valueText(length)} (pixdim) is negative, which NIfTI does not allow and programs read differently; ` +
          `${valueText(-length)} was taken`,
      );
    }
    return Math.abs(length);
  };
  return { mm: [at(0), at(1), at(2)], missing, negative };
}

/** The qform with these lengths; null where its quaternion is none. */
function qformOf({ qform }: NiftiPlacement, mm: Lengths): Affine | null {
  return isInvertible(qform) ? scaledTo(qform, mm) : null;
}

/** The same directions and origin, with other lengths. Lengths that are the same but for rounding stay. */
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

/** The direction of one axis, of length 1. */
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

/** Both with the same lengths. */
function areSimilar(a: Affine, b: Affine): boolean {
  const [first, second] = [directionsOf(a).flat(), directionsOf(b).flat()];
  const near = (x: number | undefined, y: number | undefined) =>
    Math.abs((x ?? 0) - (y ?? 0)) <= ITK_TOLERANCE;
  return first.every((value, at) => near(value, second[at])) && [3, 7, 11].every((at) => near(a[at], b[at]));
}

/** Array axes 0, 1, 2 = NIfTI's k, j, i, as nnU-Net reads files. */
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
