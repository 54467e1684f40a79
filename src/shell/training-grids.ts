/** Starts the code that makes training grids, which loads late because few pages need it at once. */
import { busyWhile } from "../app/busy.ts";
import { errorMessage } from "../base/errors.ts";
import type { TrainingGridSync } from "../features/case/training-grid-sync.ts";
import { showError } from "../state/actions/case-actions.ts";
import { setGrid } from "../state/actions/training-grid-actions.ts";

/**
 * If it cannot be loaded, the page stays on the stored grid and says why.
 * @param isPage true if a case is drawn, which comes first
 */
export function startTrainingGrids(isPage: boolean): Promise<TrainingGridSync | null> {
  return busyWhile(async () => {
    const { AFTER_PICTURES, TrainingGridSync } = await import("../features/case/training-grid-sync.ts");
    return new TrainingGridSync(isPage ? AFTER_PICTURES : {});
  }).catch((error: unknown) => {
    setGrid("stored");
    showError(`The training grid cannot be made: ${errorMessage(error)}`);
    return null;
  });
}
