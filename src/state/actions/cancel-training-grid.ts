/** Actions that stop and resume making the training grid. Few pages need them at once. */
import { selectTrainingGridQuery } from "../case/training-grid-selectors.ts";
import { useStore } from "../store.ts";

/** Stops making the training grid and stays on the stored one; does nothing if none is being made. */
export function cancelTrainingGrid(): void {
  useStore.setState((s) => {
    if (s.trainingGridProgress === null) return {};
    const query = selectTrainingGridQuery(s);
    return {
      grid: "stored",
      chosenGrid: s.chosenGrid ?? s.grid,
      linkOnTrained: null,
      trainingGridCancelled: query?.kind === "query" ? query : null,
    };
  });
}

/** Lets the training grid be made even if it was cancelled; does not show it. */
export function resumeTrainingGrid(): void {
  useStore.setState({ trainingGridCancelled: null });
}
