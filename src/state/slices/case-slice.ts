/** The open case and its files, and messages about loading. */
import type { Rgb } from "../../base/oklab.ts";
import type { CaseData } from "../../domain/case/case-data.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Plans } from "../../domain/dataset/plans.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import type { ImageSigns } from "../../domain/volume/looks-like-image.ts";

/** The open case. */
export interface OpenCase extends CaseData {
  readonly datasetName: string | null;
  /** Set for bundled cases, so that a link can open them again. */
  readonly sampleId: string | null;
  /** Set if `source` is the training grid; null or omitted if it is the stored one. */
  readonly trained?: TrainedCase | null;
  /**
   * Colours by name of the regions as opened, so that edits change none; null or omitted for masks and for
   * cases made on the page.
   */
  readonly automaticColors?: ReadonlyMap<string, Rgb> | null;
}

interface TrainedCase {
  /** The same case on the stored grid. */
  readonly stored: OpenCase;
  readonly grid: TrainingGrid;
}

export interface LoadProgress {
  readonly step: string;
  /** 0..1; null if the amount of work is unknown. */
  readonly fraction: number | null;
  readonly file: string | null;
}

export interface CaseChoice {
  readonly cases: readonly { readonly name: string }[];
  /**
   * A sentence about an error in the folder's files, whichever case the user chooses; null if there is none.
   */
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
  /** How often regions of another dataset took the place of those shown: lists of them start anew. */
  readonly datasetsOpened: number;
  /** Strides per network stage, edited on the page; they replace those of the plans. */
  readonly stridesOverride: readonly Triple[] | null;
  readonly loading: LoadProgress | null;
  /** One sentence about the last error. The open case stays open. */
  readonly problem: string | null;
  /** The problem is that a file could not be opened; what was open is still shown. */
  readonly isFileRefused: boolean;
  /** The problem is about label file B, and belongs to Compare. */
  readonly isAboutB: boolean;
  /** Files the last load left out, and why. */
  readonly notices: readonly string[];
  /** A newer version of the page is installed and starts once every tab with this version is closed. */
  readonly newerVersion: boolean;
  /**
   * Asks whether a file opened as labels is really an image; `hasCase` says whether a case is open that it
   * could belong to.
   */
  readonly imageQuestion: ImageQuestion | null;
  /** File that is not open because its {@link imageQuestion} was left unanswered; the page can ask again. */
  readonly leftFile: string | null;
  /** A folder with several cases, one of which the user must choose. */
  readonly caseChoice: CaseChoice | null;
}

/** Reset when another case opens. */
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
  datasetsOpened: 0,
  loading: null,
  problem: null,
  isFileRefused: false,
  isAboutB: false,
  newerVersion: false,
  imageQuestion: null,
  leftFile: null,
};
