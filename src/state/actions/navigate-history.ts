/** Keeps the steps that Alt with an arrow goes back and forward by, and goes them. */
import type { StoreApi } from "zustand";
import type { AppState } from "../app-state.ts";
import { selectRegionSet } from "../case/case-selectors.ts";
import { DEFAULTS, type HistorySlice } from "../slices/history-slice.ts";
import { changeBetween, isScrub, type Moment, momentOf, withSelection } from "../view/view-snapshot.ts";
import { viewReplaced } from "./history-actions.ts";

export const MOST_VIEWS = 100;
/** What glides has come to rest. */
export const REST_MS = 500;

type Store = Pick<StoreApi<AppState>, "getState" | "setState" | "subscribe">;

/** Shows the view before this one, or the one after. */
export function travel({ getState }: Pick<Store, "getState">, by: -1 | 1): void {
  const [from, to] =
    by < 0 ? (["viewsBefore", "viewsAfter"] as const) : (["viewsAfter", "viewsBefore"] as const);
  const rested = rest(getState());
  const all = { ...getState(), ...rested };
  const target: Moment | undefined = all[from].at(-1);
  if (!target) return;
  // A region may be gone by an edit since.
  const known = new Set(selectRegionSet(all)?.regions.map(({ name }) => name));
  const there = target.selectedRegion === null || known.has(target.selectedRegion);
  viewReplaced({
    ...rested,
    ...target,
    ...(there ? {} : { selectedRegion: all.selectedRegion, selectedMore: all.selectedMore }),
    view: { ...all.view, ...target.view },
    viewAtRest: target,
    [from]: all[from].slice(0, -1),
    [to]: [...all[to], momentOf(all)],
  });
}

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
export function followViews({ getState, setState, subscribe }: Store): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const takeRest = (state = getState()) => {
    clearTimeout(timer);
    const rested = rest(state);
    if (rested.viewAtRest) setState(rested);
  };
  const { openCase, viewAtRest } = getState();
  if (openCase && !viewAtRest) setState({ viewAtRest: momentOf(getState()) });
  const stop = subscribe((state, before) => {
    const [source, sourceBefore] = [state.openCase?.source, before.openCase?.source];
    if (source !== sourceBefore) {
      clearTimeout(timer);
      setState({ ...DEFAULTS, viewAtRest: source ? momentOf(state) : null });
      return;
    }
    const { viewAtRest } = state;
    if (!viewAtRest || viewAtRest !== before.viewAtRest) return;
    const change = changeBetween(momentOf(before), momentOf(state));
    if (change === "none") {
      const { selectedRegion, selectedMore } = state;
      const selected = selectedRegion !== before.selectedRegion || selectedMore !== before.selectedMore;
      if (selected) setState({ viewAtRest: withSelection(viewAtRest, state) });
      return;
    }
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
