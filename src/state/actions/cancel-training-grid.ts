/** The action that stops making the training grid, in a file of its own because few pages need it at once. */
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
