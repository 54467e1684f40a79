/** A case as its files have it: what regions, training grid and findings follow from. */
import type { DatasetFiles } from "../dataset/dataset-files.ts";
import type { MaskFacts } from "../findings/masks.ts";
import type { Triple } from "../geometry/grid.ts";
import { type CaseGeometry, type CaseSpacings, spacingsOf } from "../reader/file-geometry.ts";
import type { CaseMask } from "../training-grid/case-mask.ts";
import type { ImageVolume } from "../volume/image-volume.ts";
import type { LabelName } from "../volume/label-names.ts";
import type { ImageSigns } from "../volume/looks-like-image.ts";
import type { Source } from "../volume/palette-volume.ts";

/** Its volumes are in the axis order that training uses. */
export interface CaseData {
  readonly name: string;
  readonly source: Source;
  /** Orientation code as the reader reports it, before `transpose` (letters as in `orientationCode`). */
  readonly orientation: string;
  /** Voxel grids of the files under each of nnU-Net's readers; null for a case without files. */
  readonly geometry?: CaseGeometry | null;
  readonly transpose: Triple;
  readonly image: ImageVolume | null;
  /** Where any channel of the image is not zero; null or omitted for a case without files. */
  readonly nonzero?: CaseMask | null;
  /** Evidence that the labels are really an image; null if there is none. */
  readonly imageSigns?: ImageSigns | null;
  /** Set for a case that was opened as masks. */
  readonly masks?: MaskFacts | null;
  /** Names and colours from the label file, or from a table beside it. */
  readonly labelNames: readonly LabelName[];
  /** Dataset properties derived from file names; null for masks and for cases made on the page. */
  readonly files?: DatasetFiles | null;
  /** Name of the plans file that could not be used; null or omitted if there is none. */
  readonly plansRefused?: string | null;
  /** Notices from opening the case; they stay when the user dismisses the page's notices. */
  readonly notices?: readonly string[];
}

/** Spacings from the files; null if the volumes come from no file, so that those of their grids hold. */
export function caseSpacings({
  geometry,
  transpose,
}: Pick<CaseData, "geometry" | "transpose">): CaseSpacings | null {
  return geometry ? spacingsOf(geometry, transpose) : null;
}
