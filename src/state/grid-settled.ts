/** Waits for the grid that the page asks for, and for the training grid. */
import { isGridSettled, isTrainingGridAwaited } from "./case/training-grid-selectors.ts";
import { measuring } from "./slices/benchmark-slice.ts";
import { once } from "./watch.ts";

/**
 * Resolves once the training grid is shown, if it was asked for, or the stored one because there is none.
 * @throws the signal's reason when aborted
 */
export function gridSettled(signal?: AbortSignal): Promise<void> {
  return once(isGridSettled, signal);
}

/**
 * Like {@link gridSettled}, but also waits for the training grid while the stored one is shown, and until
 * Timing has ended: it needs the machine to itself, and no training grid is made meanwhile.
 */
export function trainingGridSettled(signal?: AbortSignal): Promise<void> {
  return once((s) => !measuring(s) && isGridSettled(s) && !isTrainingGridAwaited(s), signal);
}
