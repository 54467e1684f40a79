/** Waits for changes of the state. */
import { sameValues } from "../base/memo.ts";
import type { AppState } from "./app-state.ts";
import { useStore } from "./store.ts";

/**
 * Calls `onChange` when one of the values is no longer the same object (or primitive).
 * @returns a function that ends the subscription
 */
export function watch(values: (state: AppState) => readonly unknown[], onChange: () => void): () => void {
  return useStore.subscribe(values, () => onChange(), { equalityFn: sameValues });
}

/**
 * Resolves once the state is as asked for, which it may be already.
 * @throws the signal's reason when aborted
 */
export function once(isSo: (state: AppState) => boolean, signal?: AbortSignal): Promise<void> {
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
