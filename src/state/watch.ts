/** Subscriptions to several values of the state at once. */
import { sameValues } from "../base/memo.ts";
import type { AppState } from "./app-state.ts";
import { useStore } from "./store.ts";

/**
 * Calls back when one of the values is another object (or value) than before.
 * @returns ends the subscription
 */
export function watch(values: (state: AppState) => readonly unknown[], onChange: () => void): () => void {
  return useStore.subscribe(values, () => onChange(), { equalityFn: sameValues });
}
