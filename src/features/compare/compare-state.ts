/**
 * View state of the Compare view beside the store's: the order and the choice of its rows, and where it
 * stepped.
 */
import { create } from "zustand";
import type { DifferencePlace } from "../../domain/analysis/difference-places.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";

export type RowOrder = "list" | "lowest" | "highest";

/** Which rows the table lists. */
export type RowFilter = "all" | "differ" | "only-a" | "only-b";

/** A step to a place where the sides differ, in one row or in all that are drawn. */
export type DifferenceStep =
  | { readonly kind: "pending"; readonly fraction: number }
  | { readonly kind: "none" }
  | { readonly kind: "at"; readonly place: DifferencePlace; readonly nth: number; readonly of: number };

interface CompareViewState {
  readonly order: RowOrder;
  readonly filter: RowFilter;
  /** The picture shows the chosen row alone. */
  readonly onlyChosen: boolean;
  /** A chosen row that is no region of the case, which the page's selection does not know. */
  readonly chosen: { readonly query: CompareQuery; readonly channel: number } | null;
  /** The comparison whose side B could not be put on the GPU. */
  readonly failed: CompareQuery | null;
  readonly step: {
    readonly query: CompareQuery;
    /** The row that was stepped through; null for all. */
    readonly channel: number | null;
    readonly step: DifferenceStep;
  } | null;
}

export const useCompare = create<CompareViewState>()(() => ({
  order: "list",
  filter: "all",
  onlyChosen: false,
  chosen: null,
  failed: null,
  step: null,
}));
