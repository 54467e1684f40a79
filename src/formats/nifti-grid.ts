import type { Grid } from "../domain/grid.ts";
import type { NiftiHeader, NiftiPlacement } from "./nifti-header.ts";

/**
 * Where a NIfTI volume lies: the sform if its code is above 0, else the qform, else the voxel lengths alone (methods 3, 2
 * and 1 of the standard, in nibabel's order). One that is singular or not finite is passed over, and a notice says so.
 *
 * @returns array axes 0, 1, 2 = NIfTI's k, j, i, as nnU-Net reads files
 */
export function niftiGrid(header: NiftiHeader): { grid: Grid; notices: string[] } {
  const [ni, nj, nk] = header.lengths;
  const notices: string[] = [];
  const matrix = affine(header.placement, notices);
  // Columns i, j, k, origin become k, j, i, origin.
  const toWorld = [0, 1, 2].flatMap((row) => [2, 1, 0, 3].map((column) => matrix[row * 4 + column] ?? 0));
  return { grid: { shape: [nk, nj, ni], toWorld }, notices };
}

function affine(placement: NiftiPlacement, notices: string[]): readonly number[] {
  if (placement.sformCode > 0) {
    if (isInvertible(placement.sform)) return placement.sform;
    notices.push("its sform is singular and was not used");
  }
  if (placement.qformCode > 0) {
    if (isInvertible(placement.qform)) return placement.qform;
    notices.push("its qform is not a rotation and was not used");
  }
  const [i, j, k] = placement.pixdim.map((length) => {
    if (Number.isFinite(length) && length !== 0) return Math.abs(length);
    notices.push(`its voxel length ${length} was taken as 1 mm`);
    return 1;
  });
  return [i ?? 1, 0, 0, 0, 0, j ?? 1, 0, 0, 0, 0, k ?? 1, 0];
}

function isInvertible(m: readonly number[]): boolean {
  const at = (row: number, column: number) => m[row * 4 + column] ?? 0;
  const determinant =
    at(0, 0) * (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)) -
    at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0)) +
    at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0));
  const lengths = [0, 1, 2].map((column) => Math.hypot(at(0, column), at(1, column), at(2, column)));
  const box = lengths.reduce((product, length) => product * length, 1);
  return m.every(Number.isFinite) && Math.abs(determinant) > 1e-6 * box;
}
