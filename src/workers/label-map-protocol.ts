/**
 * What the page asks of the worker that makes label maps and what it answers: one request at a time, in this
 * order.
 */
import type { Grid, Triple } from "../domain/geometry/grid.ts";
import type { LabelMap } from "../domain/masks/label-map.ts";

export type LabelMapRequest =
  | { readonly kind: "begin"; readonly masks: readonly string[]; readonly grid: Grid }
  /** The next words of every mask, as many of each. */
  | { readonly kind: "words"; readonly words: readonly ArrayBuffer[] }
  | { readonly kind: "plan" }
  /** As often as wanted: `transpose` made the axes of the masks from those of their file. */
  | { readonly kind: "write"; readonly file: string; readonly transpose: Triple };

export interface LabelMapResults {
  readonly begin: null;
  readonly words: null;
  readonly plan: LabelMap;
  readonly write: Blob;
}

/** The part that is written, 0..1. */
export type LabelMapNews = number;
