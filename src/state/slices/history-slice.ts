/**
 * The views that Alt with an arrow goes back and forward through; `navigate-history.ts`, fetched later, keeps
 * them.
 */
import type { Moment } from "../view/view-snapshot.ts";

export interface HistorySlice {
  /** The newest last. */
  readonly viewsBefore: readonly Moment[];
  readonly viewsAfter: readonly Moment[];
  /** What the next step will start from: the last view that came to rest. */
  readonly viewAtRest: Moment | null;
}

export const DEFAULTS: HistorySlice = { viewsBefore: [], viewsAfter: [], viewAtRest: null };
