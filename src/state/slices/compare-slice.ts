/** What the Compare layout remembers: what the case is compared with, and what was counted. */
import type { ComparedSide, OverlapCounts } from "../../domain/analysis/overlap-counts.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { CaseGeometry } from "../../domain/reader/file-geometry.ts";
import type { AwaitedFile, CompareKind } from "../../domain/view/view-values.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";

/** What the Compare view compares with what. */
export interface CompareQuery {
  readonly kind: CompareKind;
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly channels: number;
  /** Regions of the case that the other definition, or the other masks, do not have. */
  readonly missing: readonly string[];
}

/** Labels of somebody else, or a prediction, on the grid of the case. */
export interface SecondLabels {
  readonly name: string;
  readonly source: Source;
  /** How their files lie by nnU-Net's readers; null where they come from none. */
  readonly geometry: CaseGeometry | null;
  /** Of the plans, already applied. */
  readonly transpose: Triple;
}

/** The second labels of a case that was read anew, which they follow. */
export interface SecondReread {
  readonly labels: SecondLabels;
  /** Why they cannot be compared as the case is read now: a sentence; null where they can. */
  readonly objection: string | null;
}

export interface CompareSlice {
  readonly secondLabels: SecondLabels | null;
  /**
   * Second labels that do not fit the case as it is read now; they come back with a reader by which they do.
   */
  readonly secondApart: { readonly labels: SecondLabels; readonly notice: string } | null;
  readonly compareAwaits: AwaitedFile | null;
  readonly compareResult: { readonly query: CompareQuery; readonly counts: OverlapCounts } | null;
}

/** What another case resets. */
export const PER_CASE = {
  secondLabels: null,
  secondApart: null,
  compareAwaits: null,
  compareResult: null,
} as const;

export const DEFAULTS: CompareSlice = {
  ...PER_CASE,
};
