/** State of the Compare view that no link or saved view holds: where it stepped, and what failed. */
import { create } from "zustand";
import type { DifferencePlace } from "../../domain/analysis/difference-places.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";

/** A step to a place where the sides differ, in one row or in all that are drawn. */
export type DifferenceStep =
  | { readonly kind: "pending"; readonly fraction: number }
  | { readonly kind: "none" }
  | { readonly kind: "at"; readonly place: DifferencePlace; readonly nth: number; readonly of: number };

interface CompareViewState {
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
  failed: null,
  step: null,
}));
