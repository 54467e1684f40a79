/** What is known of the two grids of the open case, for the switch and the texts beside it. */
import { memo } from "../../base/memo.ts";
import type { AppState } from "../../state/app-state.ts";
import {
  isTrainingGridCancelled,
  selectTrainingGrid,
  selectTrainingGridQuery,
} from "../../state/case/training-grid-selectors.ts";
import type { Grids } from "./text.ts";

/** Null without a case. */
export const selectGrids = memo(
  (s: AppState) => [
    selectTrainingGridQuery(s),
    selectTrainingGrid(s),
    s.trainingGridProgress,
    isTrainingGridCancelled(s),
    s.openCase?.trained != null,
  ],
  (query, made, progress, isCancelled, isTrained): Grids | null =>
    query && { shown: isTrained ? "trained" : "stored", query, made, progress, isCancelled },
);

/** Why there is no training grid, as a sentence; null if there is one or will be. */
export function refusalOf({ query, made }: Grids): string | null {
  if (query.kind === "refused") return query.reason;
  return made?.kind === "refused" ? made.reason : null;
}
