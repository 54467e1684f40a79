/** Where a file's header puts its voxels, as the libraries behind nnU-Net's readers take it. */
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

/** The part of a header that a grid comes from. */
export type GeometrySource = "sform" | "qform" | "pixdim" | "space directions" | "spacings";

/** Why a library does not read a file that is sound otherwise. */
export type Refusal =
  | { readonly kind: "not-orthonormal" }
  /** The sform gives no directions: it is all zero, say, or holds what is no number. */
  | { readonly kind: "singular" }
  | { readonly kind: "nifti-2" }
  | { readonly kind: "dimensions"; readonly dimensions: number }
  /** It is a gzip file and not named .gz, or the other way round. */
  | { readonly kind: "compression"; readonly gzip: boolean }
  | { readonly kind: "format" };

/** What one library makes of a header. */
export interface Placement {
  /**
   * Of the voxels as they lie in the file: array axes 0, 1, 2 are k, j, i. Where the library refuses, what
   * the other one makes of it.
   */
  readonly grid: Grid;
  readonly from: GeometrySource;
  /** What nnU-Net takes for the spacing along the array axes, in mm: pixdim, whatever the affine says. */
  readonly spacing: Triple;
  readonly refusal: Refusal | null;
  /** Added to every value although the header has no slope. */
  readonly intercept: number;
  /** Phrases: what in the header was not as it should be, and what was done instead. */
  readonly notices: readonly string[];
}

export interface FileGeometry {
  /** Path, as findings name it. */
  readonly file: string;
  /** `qform_code` and `sform_code`; null for formats without. */
  readonly codes: { readonly qform: number; readonly sform: number } | null;
  /** Whether the header does not say which way its voxels lie in the patient. */
  readonly unoriented: boolean;
  /** Of its lengths, where that is not the millimetre. */
  readonly unit: "micrometres" | "metres" | null;
  readonly itk: Placement;
  readonly nibabel: Placement;
}

/** The geometry of the files of a case. */
export interface CaseGeometry {
  /** By which its grids were made, and voxels reordered. */
  readonly reader: Reader;
  /** Asked for by the user; null where nnU-Net's rules decided. */
  readonly chosen: Reader | null;
  readonly firstImage: FirstImage | null;
  /** Of several files of masks the first. */
  readonly labels: FileGeometry;
  /** The others, on the grid of the first; empty where one file has the labels. */
  readonly moreLabels: readonly FileGeometry[];
  readonly image: FileGeometry | null;
}

/** In mm along array axes after the plans' transpose; `image` is null where there is none. */
export interface CaseSpacings {
  readonly labels: Triple;
  readonly image: Triple | null;
}

/** As the case's reader hands them on. */
export function spacingsOf({ reader, labels, image }: CaseGeometry, transpose: Triple): CaseSpacings {
  return {
    labels: spacingBy(labels, reader, transpose),
    image: image && spacingBy(image, reader, transpose),
  };
}

/** A case's geometry with the reader that nnU-Net takes by what is open. */
export interface CaseReading {
  readonly geometry: CaseGeometry;
  readonly inForce: ReaderInForce;
}

/** Array axes of a result in terms of those of the file, as `transposeGrid` takes them. */
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

/** What a reader did with headers that are not as they should be: sentences. */
export function placementNotices(files: readonly FileGeometry[], reader: Reader): string[] {
  return saidOfFiles(
    files.map((geometry) => ({ file: geometry.file, notices: placementBy(geometry, reader).notices })),
  );
}

/**
 * What has come of the header of a file, without the file's name: "it has no voxel size; 1 mm were taken".
 */
interface HeaderNotices {
  readonly file: string;
  readonly notices: readonly string[];
}

/** "a.nii: its …", and once for all files of which the same is to be said. */
export function saidOfFiles(files: readonly HeaderNotices[]): string[] {
  const said = files.flatMap(({ file, notices }) => notices.map((notice) => ({ file, notice })));
  return [...groupBy(said, ({ notice }) => notice)].map(([notice, all]) => {
    // One file may be told of twice: along two axes, say.
    const names = [...new Set(all.map(({ file }) => file))];
    return `${joinNames(names, 3)}${names.length > 1 ? ", each" : ""}: ${notice}.`;
  });
}

/** How a reader, then the plans' transpose, order the voxels of a file. */
export function orderBy(geometry: FileGeometry, reader: Reader, transpose: Triple): AxisOrder {
  if (!turnsToRas(reader)) return { axes: transpose, backwards: FORWARD };
  const { axes, backwards } = rasOrder(placementBy(geometry, reader).grid);
  const [a, b, c] = transpose;
  const axis = (of: number) => axes[of] ?? 0;
  const end = (of: number) => backwards[of] ?? false;
  return { axes: [axis(a), axis(b), axis(c)], backwards: [end(a), end(b), end(c)] };
}

/** Where the voxels lie once they are in that order. */
export function gridBy(geometry: FileGeometry, reader: Reader, transpose: Triple): Grid {
  const { axes, backwards } = orderBy(geometry, reader, transpose);
  return transposeGrid(placementBy(geometry, reader).grid, axes, backwards);
}

/**
 * The spacing that a reader hands on with them. Where nibabel turns voxels, it writes the affine's lengths
 * into the header that nnU-Net asks.
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

/** Letters of the voxels as a reader gives them, before the plans' transpose. */
export function orientationBy(geometry: FileGeometry, reader: Reader): string {
  return orientationCode(gridBy(geometry, reader, [0, 1, 2]));
}

/** The order that turns voxels in one order into those in another. */
export function orderBetween(from: AxisOrder, to: AxisOrder): AxisOrder {
  const source = (a: 0 | 1 | 2) => from.axes.indexOf(to.axes[a]);
  const turned = (a: 0 | 1 | 2) => to.backwards[a] !== (from.backwards[source(a)] ?? false);
  return { axes: [source(0), source(1), source(2)], backwards: [turned(0), turned(1), turned(2)] };
}
