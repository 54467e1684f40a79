/** State of the Compare view: the second labels and the overlap counts. */
import type { ComparedSide, OverlapCounts } from "../../domain/analysis/overlap-counts.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { CaseGeometry } from "../../domain/reader/file-geometry.ts";
import type { AwaitedFile, CompareKind } from "../../domain/view/view-values.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";

/** The two sides of a comparison. */
export interface CompareQuery {
  readonly kind: CompareKind;
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly channels: number;
  /** Regions of the case that the other definition or masks lack. */
  readonly missing: readonly string[];
}

/** Another annotator's labels or a prediction, on the voxel grid of the case. */
export interface SecondLabels {
  readonly name: string;
  readonly source: Source;
  /** Voxel grids of the files under each of nnU-Net's readers; null for labels without files. */
  readonly geometry: CaseGeometry | null;
  /** Axis order from the plans, already applied. */
  readonly transpose: Triple;
}

/** The second labels after another reader has read the case, which they follow. */
export interface SecondReread {
  readonly labels: SecondLabels;
  /** A sentence on why they no longer fit the case as read now; null if they fit. */
  readonly objection: string | null;
}

export interface CompareSlice {
  readonly secondLabels: SecondLabels | null;
  /** Second labels that do not fit the case as read now. They return with a reader under which they fit. */
  readonly secondApart: { readonly labels: SecondLabels; readonly notice: string } | null;
  readonly compareAwaits: AwaitedFile | null;
  readonly compareResult: { readonly query: CompareQuery; readonly counts: OverlapCounts } | null;
}

/** Reset when another case opens. */
export const PER_CASE = {
  secondLabels: null,
  secondApart: null,
  compareAwaits: null,
  compareResult: null,
} as const;

export const DEFAULTS: CompareSlice = {
  ...PER_CASE,
};
