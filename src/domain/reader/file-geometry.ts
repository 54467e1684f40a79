/** Describes where a file's header puts its voxels, according to the libraries behind nnU-Net's readers. */
import { groupBy } from "../../base/group-by.ts";
import { joinNames } from "../../base/join-names.ts";
import {
  type Backwards,
  FORWARD,
  type Grid,
  orientationCode,
  rasOrder,
  spacingMm,
  type Triple,
  transposeGrid,
} from "../geometry/grid.ts";
import { isIdentity } from "../geometry/transpose.ts";
import { type FirstImage, isItk, type Reader, type ReaderInForce, turnsToRas } from "./reader.ts";
import type { FormatName } from "./volume-endings.ts";

/** The part of a header that defines the grid. */
export type GeometrySource = "sform" | "qform" | "pixdim" | "space directions" | "spacings";

/** Why a library rejects an otherwise sound file. */
export type Refusal =
  | { readonly kind: "not-orthonormal" }
  /** The sform gives no directions: for example, it is all zero or contains NaN. */
  | { readonly kind: "singular" }
  | { readonly kind: "nifti-2" }
  | { readonly kind: "dimensions"; readonly dimensions: number }
  /** A gzip file not named .gz, or the reverse. */
  | { readonly kind: "compression"; readonly gzip: boolean }
  /** The library does not read this format. */
  | { readonly kind: "format"; readonly format: FormatName };

/** One library's reading of a header. */
export interface Placement {
  /**
   * Grid of the voxels in file order: array axes 0, 1, 2 are k, j, i. If the library rejects the file, this
   * is the other library's grid.
   */
  readonly grid: Grid;
  readonly from: GeometrySource;
  /** The spacing that nnU-Net uses along the array axes, in mm: pixdim, regardless of the affine. */
  readonly spacing: Triple;
  readonly refusal: Refusal | null;
  /** Added to every value although the header has no slope. */
  readonly intercept: number;
  /** Phrases that name faults in the header and what was assumed instead. */
  readonly notices: readonly string[];
}

export interface FileGeometry {
  /** Path, as shown in findings. */
  readonly file: string;
  /** `qform_code` and `sform_code`; null for formats without them. */
  readonly codes: { readonly qform: number; readonly sform: number } | null;
  /** True if the header gives no orientation in the patient. */
  readonly unoriented: boolean;
  /** Unit of the header's lengths, unless it is the millimetre. */
  readonly unit: "micrometres" | "metres" | null;
  /** What the header says the file is; omitted if nothing. */
  readonly description?: string;
  readonly itk: Placement;
  readonly nibabel: Placement;
}

/** The geometry of a case's files. */
export interface CaseGeometry {
  /** The reader that determined the grids and the voxel order. */
  readonly reader: Reader;
  /** The reader that the user chose; null if nnU-Net's rules decided. */
  readonly chosen: Reader | null;
  readonly firstImage: FirstImage | null;
  /** The first of several mask files. */
  readonly labels: FileGeometry;
  /** The other label files, on the grid of the first; empty if one file has all labels. */
  readonly moreLabels: readonly FileGeometry[];
  readonly image: FileGeometry | null;
}

/** In mm along array axes after the plans' transpose; `image` is null without an image. */
export interface CaseSpacings {
  readonly labels: Triple;
  readonly image: Triple | null;
}

/** Spacings as the case's reader passes them on. */
export function spacingsOf({ reader, labels, image }: CaseGeometry, transpose: Triple): CaseSpacings {
  return {
    labels: spacingBy(labels, reader, transpose),
    image: image && spacingBy(image, reader, transpose),
  };
}

/** A case's geometry, and the reader that nnU-Net would use for the open files. */
export interface CaseReading {
  readonly geometry: CaseGeometry;
  readonly inForce: ReaderInForce;
}

/** Array axes of a result in terms of the file's axes, as `transposeGrid` takes them. */
export interface AxisOrder {
  readonly axes: Triple;
  readonly backwards: Backwards;
}

/** "sform (code 1)" */
export function fieldText({ codes }: FileGeometry, { from }: Placement): string {
  if (codes && from === "sform") return `sform (code ${codes.sform})`;
  return codes && from === "qform" ? `qform (code ${codes.qform})` : from;
}

export function placementBy(geometry: FileGeometry, reader: Reader): Placement {
  return isItk(reader) ? geometry.itk : geometry.nibabel;
}

/** All files that the labels come from. */
export function labelFiles({ labels, moreLabels }: CaseGeometry): readonly FileGeometry[] {
  return [labels, ...moreLabels];
}

/** Sentences on what a reader assumed for faulty headers. */
export function placementNotices(files: readonly FileGeometry[], reader: Reader): string[] {
  return filesText(
    files.map((geometry) => ({ file: geometry.file, notices: placementBy(geometry, reader).notices })),
  );
}

/** A file and its header's faults, without the file name: "it has no voxel size; 1 mm were taken". */
interface HeaderNotices {
  readonly file: string;
  readonly notices: readonly string[];
}

/** "a.nii: its …", once for all files with the same fault. */
export function filesText(files: readonly HeaderNotices[]): string[] {
  const said = files.flatMap(({ file, notices }) => notices.map((notice) => ({ file, notice })));
  return [...groupBy(said, ({ notice }) => notice)].map(([notice, all]) => {
    // A file may have the same fault twice, for example along two axes.
    const names = [...new Set(all.map(({ file }) => file))];
    return `${joinNames(names, 3)}${names.length > 1 ? ", each" : ""}: ${notice}.`;
  });
}

/** How a reader, followed by the plans' transpose, orders the voxels of a file. */
export function orderBy(geometry: FileGeometry, reader: Reader, transpose: Triple): AxisOrder {
  if (!turnsToRas(reader)) return { axes: transpose, backwards: FORWARD };
  const { axes, backwards } = rasOrder(placementBy(geometry, reader).grid);
  const [a, b, c] = transpose;
  const axis = (of: number) => axes[of] ?? 0;
  const end = (of: number) => backwards[of] ?? false;
  return { axes: [axis(a), axis(b), axis(c)], backwards: [end(a), end(b), end(c)] };
}

/** The grid of the voxels in that order. */
export function gridBy(geometry: FileGeometry, reader: Reader, transpose: Triple): Grid {
  const { axes, backwards } = orderBy(geometry, reader, transpose);
  return transposeGrid(placementBy(geometry, reader).grid, axes, backwards);
}

/**
 * The spacing that a reader passes on with them. When nibabel reorients voxels, it writes the affine's
 * lengths into the header that nnU-Net reads.
 */
function spacingBy(geometry: FileGeometry, reader: Reader, transpose: Triple): Triple {
  const { axes, backwards } = orderBy(geometry, reader, transpose);
  const asStored = orderBy(geometry, reader, [0, 1, 2]);
  if (!isItk(reader) && !isIdentity(asStored.axes, asStored.backwards)) {
    return spacingMm(transposeGrid(placementBy(geometry, reader).grid, axes, backwards));
  }
  const { spacing } = placementBy(geometry, reader);
  const along = (axis: 0 | 1 | 2) => spacing[axes[axis]] ?? 1;
  return [along(0), along(1), along(2)];
}

/** Orientation letters of the voxels as a reader returns them, before the plans' transpose. */
export function orientationBy(geometry: FileGeometry, reader: Reader): string {
  return orientationCode(gridBy(geometry, reader, [0, 1, 2]));
}

/** The order that converts voxels from one order to another. */
export function orderBetween(from: AxisOrder, to: AxisOrder): AxisOrder {
  const axisIn = (a: 0 | 1 | 2) => from.axes.indexOf(to.axes[a]);
  const turned = (a: 0 | 1 | 2) => to.backwards[a] !== (from.backwards[axisIn(a)] ?? false);
  return { axes: [axisIn(0), axisIn(1), axisIn(2)], backwards: [turned(0), turned(1), turned(2)] };
}
