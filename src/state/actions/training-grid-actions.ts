/** Actions that switch between the stored grid and the training grid, and store what is made for it. */
import type { TrainingGridQuery } from "../../domain/case/training-grid-query.ts";
import type { Refused } from "../../domain/training-grid/resampling.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import type { GridKind } from "../../domain/view/view-values.ts";
import type { AppState } from "../app-state.ts";
import type { TrainingGridSlice } from "../slices/training-grid-slice.ts";
import { useStore } from "../store.ts";
import { onGrid } from "../view/on-grid.ts";

/** Chooses the grid to show; the training grid is shown once it is made. */
export function setGrid(grid: GridKind): void {
  useStore.setState({ ...chosen(grid), chosenGrid: null });
}

/** Shows the grid that has a place of this case; the next case is shown on the grid that the user chose. */
export function setGridForPlace(grid: GridKind): void {
  useStore.setState((s) => (s.grid === grid ? {} : { ...chosen(grid), chosenGrid: s.chosenGrid ?? s.grid }));
}

function chosen(grid: GridKind): Partial<AppState> {
  return grid === "stored" ? { grid, linkOnTrained: null } : { grid, trainingGridCancelled: null };
}

export function trainingGridProgressed(trainingGridProgress: number | null): void {
  useStore.setState({ trainingGridProgress });
}

export function trainingGridMade(query: TrainingGridQuery, result: TrainingGrid | Refused): void {
  useStore.setState({
    trainingGrid: { query, result },
    ...(result.kind === "refused" ? { linkOnTrained: null } : {}),
  });
}

export function trainedSecondMade(trainedSecond: TrainingGridSlice["trainedSecond"]): void {
  useStore.setState({ trainedSecond });
}

/** Shows the case on its training grid; null shows the stored one. Does nothing if that is what is shown. */
export function gridShown(grid: TrainingGrid | null): void {
  useStore.setState((s) => onGrid(s, grid));
}
