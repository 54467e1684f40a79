/** Waits for the grid that the page asks for, and for the training grid. */
import type { AppState } from "./app-state.ts";
import { isGridSettled, isTrainingGridAwaited } from "./case/training-grid-selectors.ts";
import { useStore } from "./store.ts";

/**
 * Resolves once the training grid is shown, if it was asked for, or the stored one because there is none.
 * @throws the signal's reason when aborted
 */
export function gridSettled(signal?: AbortSignal): Promise<void> {
  return once(isGridSettled, signal);
}

/** Like {@link gridSettled}, but also waits for the training grid while the stored one is shown. */
export function trainingGridSettled(signal?: AbortSignal): Promise<void> {
  return once((s) => isGridSettled(s) && !isTrainingGridAwaited(s), signal);
}

function once(isSo: (state: AppState) => boolean, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      stop();
      signal?.removeEventListener("abort", aborted);
    };
    const aborted = () => {
      end();
      reject(signal?.reason);
    };
    const look = (state: AppState) => {
      if (!isSo(state)) return;
      end();
      resolve();
    };
    const stop = useStore.subscribe(look);
    signal?.addEventListener("abort", aborted);
    look(useStore.getState());
  });
}
