/** The steps that Alt with an arrow goes back and forward by. */
import type { StateCreator, StoreApi } from "zustand";
import type { AppState } from "./app-state.ts";
import { changeBetween, isScrub, type Moment, momentOf } from "./view-history.ts";

export interface HistorySlice {
  /** The newest last. */
  readonly viewsBefore: readonly Moment[];
  readonly viewsAfter: readonly Moment[];
  /** What the next step will start from: the last view that came to rest. */
  readonly viewAtRest: Moment | null;

  goBack(): void;
  goForward(): void;
  /** A view from a file: one step. */
  viewApplied(change: Partial<AppState>, notices: readonly string[]): void;
}

export const MOST_VIEWS = 100;
/** What glides has come to rest. */
export const REST_MS = 500;

const NONE = { viewsBefore: [], viewsAfter: [], viewAtRest: null } as const;

export const createHistorySlice: StateCreator<AppState, [], [], HistorySlice> = (set, get) => {
  const travel = (from: "viewsBefore" | "viewsAfter", to: "viewsBefore" | "viewsAfter") => {
    const rested = rest(get());
    const all = { ...get(), ...rested };
    const target = all[from].at(-1);
    if (!target) return;
    set({
      ...rested,
      ...target,
      view: { ...all.view, ...target.view },
      hover: null,
      viewAtRest: target,
      [from]: all[from].slice(0, -1),
      [to]: [...all[to], momentOf(all)],
    });
  };
  return {
    ...NONE,
    goBack: () => travel("viewsBefore", "viewsAfter"),
    viewApplied: (change, notices) =>
      set((s) => ({ ...change, hover: null, notices: [...new Set([...s.notices, ...notices])] })),
    goForward: () => travel("viewsAfter", "viewsBefore"),
  };
};

/** Takes the view as it is for one at rest: a step, unless the crosshair was only scrubbed. */
function rest(state: AppState): Partial<HistorySlice> {
  const { viewAtRest: from } = state;
  const to = momentOf(state);
  if (!from || changeBetween(from, to) === "none") return {};
  if (isScrub(from, to)) return { viewAtRest: to };
  return {
    viewAtRest: to,
    viewsBefore: [...state.viewsBefore, from].slice(-MOST_VIEWS),
    viewsAfter: [],
  };
}

/** Keeps the steps of a store while it changes; another case begins anew. Returns what ends that. */
export function followViews({
  getState,
  setState,
  subscribe,
}: Pick<StoreApi<AppState>, "getState" | "setState" | "subscribe">): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const takeRest = (state = getState()) => {
    clearTimeout(timer);
    const rested = rest(state);
    if (rested.viewAtRest) setState(rested);
  };
  const stop = subscribe((state, before) => {
    const [source, sourceBefore] = [state.openCase?.source, before.openCase?.source];
    if (source !== sourceBefore) {
      clearTimeout(timer);
      setState({ ...NONE, viewAtRest: source ? momentOf(state) : null });
      return;
    }
    const { viewAtRest } = state;
    if (!viewAtRest || viewAtRest !== before.viewAtRest) return;
    const change = changeBetween(momentOf(before), momentOf(state));
    if (change === "none") return;
    if (change === "choice") {
      // What still glided is a step of its own.
      const glided = rest({ ...before, viewAtRest });
      const now = { ...state, ...glided };
      clearTimeout(timer);
      setState({ ...glided, ...rest(now) });
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(takeRest, REST_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
