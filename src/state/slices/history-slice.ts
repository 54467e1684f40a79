/**
 * The views that Alt with an arrow goes back and forward through; `navigate-history.ts`, fetched later, keeps
 * them.
 */
import type { ViewSnapshot } from "../view/view-snapshot.ts";

export interface HistorySlice {
  /** The newest last. */
  readonly viewsBefore: readonly ViewSnapshot[];
  readonly viewsAfter: readonly ViewSnapshot[];
  /** What the next step will start from: the last view that came to rest. */
  readonly settledView: ViewSnapshot | null;
}

export const DEFAULTS: HistorySlice = { viewsBefore: [], viewsAfter: [], settledView: null };
