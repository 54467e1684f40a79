/** State of the Compare view: the second labels and the overlap counts. */
import type { Rgb } from "../../base/oklab.ts";
import type { ComparedSide, OverlapCounts } from "../../domain/analysis/overlap-counts.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { CaseGeometry } from "../../domain/reader/file-geometry.ts";
import type { AwaitedFile, CompareKind } from "../../domain/view/view-values.ts";
import type { LabelName } from "../../domain/volume/label-names.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";

/** What one channel of a comparison stands for. */
export interface ComparedRow {
  readonly name: string;
  /** The name in B if it matched by value and has another there. */
  readonly nameInB: string | null;
  readonly color: Rgb;
}

/** The two sides of a comparison. */
export interface CompareQuery {
  readonly kind: CompareKind;
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly channels: number;
  /** One per channel: those that the list of regions has, then what no region of the case matches. */
  readonly rows: readonly ComparedRow[];
  /** What labels or masks of two files were matched by: null if B has the case's own. */
  readonly matchedBy: "name" | "value" | "order" | null;
  /**
   * How many of the channels the list of regions has: the regions of the case, and its labels in no region if
   * both sides have the case's own labels and definition.
   */
  readonly regions: number;
}

/** Another annotator's labels or a prediction, on the voxel grid of the case. */
export interface SecondLabels {
  readonly name: string;
  readonly source: Source;
  /** Voxel grids of the files under each of nnU-Net's readers; null for labels without files. */
  readonly geometry: CaseGeometry | null;
  /** Axis order from the plans, already applied. */
  readonly transpose: Triple;
  /** From the file itself, or a table opened with it. */
  readonly labelNames: readonly LabelName[];
  /** A dataset.json opened with it, whose names count instead; null without one. */
  readonly definition: DatasetDefinition | null;
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
  /** Name of the chosen row if it is no region of the case; the selected region goes before it. */
  readonly compareRow: string | null;
  /** The comparison that side B is drawn of; null while it is being made. */
  readonly compareDrawn: CompareQuery | null;
  readonly compareResult: { readonly query: CompareQuery; readonly counts: OverlapCounts } | null;
}

/** Reset when another case opens. */
export const PER_CASE = {
  secondLabels: null,
  secondApart: null,
  compareAwaits: null,
  compareRow: null,
  compareDrawn: null,
  compareResult: null,
} as const;

export const DEFAULTS: CompareSlice = {
  ...PER_CASE,
};
