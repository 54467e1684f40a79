/** The case on the page and its files, and what is said while one is opened. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { DatasetFiles } from "../../domain/dataset/dataset-files.ts";
import type { Plans } from "../../domain/dataset/plans.ts";
import type { MaskFacts } from "../../domain/findings/masks.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { CaseGeometry } from "../../domain/reader/file-geometry.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import type { LabelName } from "../../domain/volume/label-names.ts";
import type { ImageSigns } from "../../domain/volume/looks-like-image.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";

/** The case on the page: its volumes, in the axis order that training sees. */
export interface OpenCase {
  readonly name: string;
  readonly datasetName: string | null;
  /** Set for bundled cases, so that a link can open them again. */
  readonly sampleId: string | null;
  readonly source: Source;
  /** As its reader gives it, before `transpose` was applied: letters as in `orientationCode`. */
  readonly orientation: string;
  /** How its files lie by nnU-Net's readers; null where there are none. */
  readonly geometry?: CaseGeometry | null;
  readonly transpose: Triple;
  readonly image: ImageVolume | null;
  /** Why the labels may be an image; null where nothing says so. */
  readonly imageSigns?: ImageSigns | null;
  /** Where it came as masks. */
  readonly masks?: MaskFacts | null;
  /** Names and colours that the label file itself carried, or a table beside it. */
  readonly labelNames: readonly LabelName[];
  /** What file names say of the dataset; null for masks and for what was made here. */
  readonly files?: DatasetFiles | null;
  /** What was said when it was opened; stays when the page's notices are dismissed. */
  readonly notices?: readonly string[];
}

export interface LoadProgress {
  readonly step: string;
  /** 0..1, or null where the amount of work is not known. */
  readonly fraction: number | null;
  readonly file: string | null;
}

export interface CaseChoice {
  readonly cases: readonly { readonly name: string }[];
  /** What is wrong with the folder's files, whichever case is chosen: a sentence; null where nothing is. */
  readonly problem: string | null;
}

export interface ImageQuestion {
  readonly file: string;
  readonly signs: ImageSigns;
  readonly hasCase: boolean;
}

export interface CaseSlice {
  readonly openCase: OpenCase | null;
  readonly definition: DatasetDefinition | null;
  readonly plans: Plans | null;
  readonly configuration: string | null;
  /** Strides edited on the page, per stage; used in place of the plans'. */
  readonly stridesOverride: readonly Triple[] | null;
  readonly loading: LoadProgress | null;
  /** What went wrong last, one sentence; what was open stays open. */
  readonly problem: string | null;
  /** What was left out of the last load, and why. */
  readonly notices: readonly string[];
  /** Another version of the page is here, and starts once no page of this one is open. */
  readonly newerVersion: boolean;
  /**
   * What was opened as labels looks like an image: which is it? Whether a case is open that it can be the
   * image of.
   */
  readonly imageQuestion: ImageQuestion | null;
  /** A folder with several cases waits for a choice. */
  readonly caseChoice: CaseChoice | null;
}

/** What another case resets. */
export const PER_CASE = {
  openCase: null,
  definition: null,
  plans: null,
  configuration: null,
  stridesOverride: null,
  notices: [],
  caseChoice: null,
} as const;

export const DEFAULTS: CaseSlice = {
  ...PER_CASE,
  loading: null,
  problem: null,
  newerVersion: false,
  imageQuestion: null,
};
