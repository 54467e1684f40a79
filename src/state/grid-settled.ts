/** Waits for the grid that the page asks for. */
import type { AppState } from "./app-state.ts";
import { isGridSettled } from "./case/training-grid-selectors.ts";
import { useStore } from "./store.ts";

/**
 * Resolves once the training grid is shown, if it was asked for, or the stored one because there is none.
 * @throws the signal's reason when aborted
 */
export function gridSettled(signal?: AbortSignal): Promise<void> {
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
      if (!isGridSettled(state)) return;
      end();
      resolve();
    };
    const stop = useStore.subscribe(look);
    signal?.addEventListener("abort", aborted);
    look(useStore.getState());
  });
}
