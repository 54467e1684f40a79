/** What resampling changed in the open case, while it is found out and afterwards. */
import type { ResamplingChanges } from "../../domain/training-grid/resampling-changes.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";

/** Inputs, besides those of the training grid. A change in any of them changes the result. */
export interface ResamplingChangesQuery {
  readonly grid: TrainingGrid;
  /** Labels of the regions, as text; names and order values do not matter. */
  readonly regions: string;
}

export interface ResamplingChangesSlice {
  /** The last ones that were found out. */
  readonly resamplingChanges: {
    readonly query: ResamplingChangesQuery;
    readonly result: ResamplingChanges;
  } | null;
  /** 0..1; null if nothing is being compared. */
  readonly resamplingChangesProgress: number | null;
}

/** Reset when another case opens. */
export const PER_CASE = { resamplingChanges: null, resamplingChangesProgress: null } as const;

export const DEFAULTS: ResamplingChangesSlice = PER_CASE;
