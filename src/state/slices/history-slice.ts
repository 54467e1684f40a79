/** The views that Alt+arrow keys step through; `navigate-history.ts` (loaded later) records them. */
import type { ViewSnapshot } from "../view/view-snapshot.ts";

export interface HistorySlice {
  /** Newest last. */
  readonly viewsBefore: readonly ViewSnapshot[];
  readonly viewsAfter: readonly ViewSnapshot[];
  /** The last view that came to rest, where the next step starts. */
  readonly settledView: ViewSnapshot | null;
}

export const DEFAULTS: HistorySlice = { viewsBefore: [], viewsAfter: [], settledView: null };
