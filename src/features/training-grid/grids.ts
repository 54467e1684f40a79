/** What is known of the two grids of the open case, for the switch and the texts beside it. */
import { memo } from "../../base/memo.ts";
import { caseSpacings } from "../../domain/case/case-data.ts";
import { spacingMm } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectStoredCase } from "../../state/case/stored-case.ts";
import {
  isTrainingGridCancelled,
  selectTrainingGrid,
  selectTrainingGridQuery,
} from "../../state/case/training-grid-selectors.ts";
import type { OpenCase } from "../../state/slices/case-slice.ts";
import type { Grids } from "./text.ts";

/** Null without a case. */
export const selectGrids = memo(
  (s: AppState) => [
    selectTrainingGridQuery(s),
    selectTrainingGrid(s),
    s.trainingGridProgress,
    isTrainingGridCancelled(s),
    s.openCase?.trained != null,
    selectStoredCase(s),
  ],
  (query, made, progress, isCancelled, isTrained, stored): Grids | null =>
    query &&
    stored && {
      shown: isTrained ? "trained" : "stored",
      stored: storedGrid(stored),
      query,
      made,
      progress,
      isCancelled,
    },
);

function storedGrid(stored: OpenCase): Grids["stored"] {
  const grid = sourceGrid(stored.source);
  return { shape: grid.shape, spacing: caseSpacings(stored)?.labels ?? spacingMm(grid) };
}

/** Why there is no training grid, as a sentence; null if there is one or will be. */
export function refusalOf({ query, made }: Grids): string | null {
  if (query.kind === "refused") return query.reason;
  return made?.kind === "refused" ? made.reason : null;
}
