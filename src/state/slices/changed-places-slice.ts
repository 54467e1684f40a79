/** Stepping through the places where resampling changed the open case. */
import type { ChangedPlace } from "../../domain/training-grid/changed-place.ts";

/** Which places are stepped through: of one kind, of one region; null for all. */
export interface PlaceFilter {
  readonly kind: ChangedPlace["kind"] | null;
  /** Name of the region. */
  readonly region: string | null;
}

export type PlaceStep =
  /** The places are being found, 0..1. */
  | { readonly kind: "pending"; readonly by: 1 | -1; readonly filter: PlaceFilter; readonly fraction: number }
  /** There is no such place; `why` is a sentence. */
  | { readonly kind: "none"; readonly filter: PlaceFilter; readonly why: string }
  | {
      readonly kind: "at";
      readonly filter: PlaceFilter;
      readonly place: ChangedPlace;
      /** From 1, among those of the filter. */
      readonly nth: number;
      readonly of: number;
    };

export interface ChangedPlacesSlice {
  /** The place that is outlined; null if the user is at none. */
  readonly placeStep: PlaceStep | null;
}

/** Reset when another case opens. */
export const PER_CASE = { placeStep: null } as const;

export const DEFAULTS: ChangedPlacesSlice = PER_CASE;
