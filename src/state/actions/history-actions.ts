/** Action that replaces the view. */
import type { AppState } from "../app-state.ts";
import { useStore } from "../store.ts";

/** Replaces the view with one from the history or from a file. */
export function viewReplaced(change: Partial<AppState>, notices: readonly string[] = []): void {
  useStore.setState((s) => ({ ...change, hover: null, notices: [...new Set([...s.notices, ...notices])] }));
}
