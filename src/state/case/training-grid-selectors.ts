/** Selectors of the training grid: what it is made from, and the grid itself once it is made. */
import { memo } from "../../base/memo.ts";
import { type TrainingGridQuery, trainingGridQuery } from "../../domain/case/training-grid-query.ts";
import type { Refused } from "../../domain/training-grid/resampling.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import type { AppState } from "../app-state.ts";
import { measuring } from "../slices/benchmark-slice.ts";
import { selectConfiguration } from "./case-selectors.ts";
import { selectStoredCase } from "./stored-case.ts";

/** Inputs of the training grid, or why there is none; null without a case. */
export const selectTrainingGridQuery = memo(
  (s: AppState) => [selectStoredCase(s), s.definition, selectConfiguration(s)],
  (stored, definition, configuration): TrainingGridQuery | Refused | null =>
    stored && trainingGridQuery(stored, definition, configuration),
);

/** True if both give the same training grid. */
export function sameTrainingGrid(a: TrainingGridQuery, b: TrainingGridQuery): boolean {
  return (
    a.volume === b.volume &&
    a.mask === b.mask &&
    a.spacing.join() === b.spacing.join() &&
    a.plansSpacing.join() === b.plansSpacing.join() &&
    JSON.stringify(a.resampling) === JSON.stringify(b.resampling)
  );
}

/** The training grid of the case, or why there is none; null without a case and until it is made. */
export const selectTrainingGrid = memo(
  (s: AppState) => [selectTrainingGridQuery(s), s.trainingGrid],
  (query, made): TrainingGrid | Refused | null => {
    if (query?.kind !== "query") return query;
    return made && sameTrainingGrid(made.query, query) ? made.result : null;
  },
);

/** True if making the training grid was cancelled: it is made once it is chosen again. */
export function isTrainingGridCancelled(s: AppState): boolean {
  const { trainingGridCancelled: cancelled } = s;
  if (s.grid === "trained" || !cancelled) return false;
  const query = selectTrainingGridQuery(s);
  return query?.kind === "query" && sameTrainingGrid(cancelled, query);
}

/** True while the training grid is not known yet but will be. */
export function isTrainingGridAwaited(s: AppState): boolean {
  const query = selectTrainingGridQuery(s);
  if (query?.kind !== "query" || selectTrainingGrid(s) || measuring(s)) return false;
  return !isTrainingGridCancelled(s);
}

/** True once the grid that was asked for is shown, or the stored one because there is no training grid. */
export function isGridSettled(s: AppState): boolean {
  const grid = s.grid === "trained" ? selectTrainingGrid(s) : null;
  if (s.grid === "trained" && s.openCase && grid === null) return false;
  return (s.openCase?.trained?.grid ?? null) === (grid?.kind === "training-grid" ? grid : null);
}
