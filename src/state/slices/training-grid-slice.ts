/** The training grid of the open case, while it is made and afterwards. */
import type { TrainingGridQuery } from "../../domain/case/training-grid-query.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { Refused } from "../../domain/training-grid/resampling.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import type { LinkedView } from "../../domain/view/fields.ts";
import type { GridKind } from "../../domain/view/view-values.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";

export interface TrainingGridSlice {
  /**
   * The last one that was made, in the background whichever grid is shown; kept, so that switching is free.
   */
  readonly trainingGrid: {
    readonly query: TrainingGridQuery;
    readonly result: TrainingGrid | Refused;
  } | null;
  /** The second labels on the training grid of the case. */
  readonly trainedSecond: {
    readonly of: Source;
    readonly grid: TrainingGrid;
    readonly source: Source;
  } | null;
  /** 0..1; null if none is being made. */
  readonly trainingGridProgress: number | null;
  /** The one that was cancelled; it is made only if the training grid is chosen again. */
  readonly trainingGridCancelled: TrainingGridQuery | null;
  /**
   * What the user chose, while Cancel or a place of the case shows the other grid; the next case has it
   * again.
   */
  readonly chosenGrid: GridKind | null;
  /** The crosshair on the grid that was left, and where it came to on the other one. */
  readonly leftVoxel: { readonly source: Source; readonly voxel: Triple; readonly cameTo: Triple } | null;
  /** An address whose positions are those of the training grid, until that grid is shown. */
  readonly linkOnTrained: LinkedView | null;
}

/** Reset when another case opens. */
export const PER_CASE = {
  trainingGrid: null,
  trainedSecond: null,
  trainingGridProgress: null,
  trainingGridCancelled: null,
  chosenGrid: null,
  leftVoxel: null,
  linkOnTrained: null,
} as const;

export const DEFAULTS: TrainingGridSlice = { ...PER_CASE };
