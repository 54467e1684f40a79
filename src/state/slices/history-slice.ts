/**
 * The views that Alt with an arrow goes back and forward through; `navigate-history.ts`, fetched later, keeps
 * them.
 */
import type { StateCreator } from "zustand";
import type { AppState } from "../app-state.ts";
import type { Moment } from "../view/view-snapshot.ts";

export interface HistorySlice {
  /** The newest last. */
  readonly viewsBefore: readonly Moment[];
  readonly viewsAfter: readonly Moment[];
  /** What the next step will start from: the last view that came to rest. */
  readonly viewAtRest: Moment | null;

  /** Another view takes the place of this one: from the history, or from a file. */
  viewReplaced(change: Partial<AppState>, notices?: readonly string[]): void;
}

export const NO_HISTORY = { viewsBefore: [], viewsAfter: [], viewAtRest: null } as const;

export const createHistorySlice: StateCreator<AppState, [], [], HistorySlice> = (set) => ({
  ...NO_HISTORY,
  viewReplaced: (change, notices = []) =>
    set((s) => ({ ...change, hover: null, notices: [...new Set([...s.notices, ...notices])] })),
});
