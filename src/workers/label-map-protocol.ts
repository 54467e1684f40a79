/**
 * Declares the messages between the page and the worker that makes label maps: one request at a time, in this
 * order.
 */
import type { Grid, Triple } from "../domain/geometry/grid.ts";
import type { LabelMap } from "../domain/masks/label-map.ts";

export type LabelMapRequest =
  | { readonly kind: "begin"; readonly masks: readonly string[]; readonly grid: Grid }
  /** The next words of every mask, the same number of each. */
  | { readonly kind: "words"; readonly words: readonly ArrayBuffer[] }
  | { readonly kind: "plan" }
  /** May be sent repeatedly; `transpose` turned the axes of the file into those of the masks. */
  | { readonly kind: "write"; readonly file: string; readonly transpose: Triple };

export interface LabelMapResults {
  readonly begin: null;
  readonly words: null;
  readonly plan: LabelMap;
  readonly write: Blob;
}

/** The part that is written, 0..1. */
export type LabelMapNews = number;
