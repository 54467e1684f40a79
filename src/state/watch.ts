/** Subscriptions to several values of the state at once. */
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
