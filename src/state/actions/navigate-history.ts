/** Records the views that Alt+arrow keys step through, and steps back and forward. */
import type { StoreApi } from "zustand";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectDrawnRegions } from "../case/case-selectors.ts";
import { selectStoredCase } from "../case/stored-case.ts";
import { DEFAULTS, type HistorySlice } from "../slices/history-slice.ts";
import { regrid } from "../view/regrid-view.ts";
import {
  changeBetween,
  isScrub,
  type ViewSnapshot,
  viewSnapshotOf,
  withSelection,
} from "../view/view-snapshot.ts";
import { viewReplaced } from "./history-actions.ts";

export const MAX_VIEWS = 100;
/** A continuous change, such as a drag, counts as finished after this pause. */
export const REST_MS = 500;

type Store = Pick<StoreApi<AppState>, "getState" | "setState" | "subscribe">;

/** Shows the previous or next view. */
export function navigate({ getState }: Pick<Store, "getState">, by: -1 | 1): void {
  const [from, to] =
    by < 0 ? (["viewsBefore", "viewsAfter"] as const) : (["viewsAfter", "viewsBefore"] as const);
  const rested = rest(getState());
  const all = { ...getState(), ...rested };
  const target: ViewSnapshot | undefined = all[from].at(-1);
  if (!target) return;
  // An edit since then may have removed the region.
  const known = new Set(selectDrawnRegions(all).map(({ name }) => name));
  const there = target.selectedRegion === null || known.has(target.selectedRegion);
  viewReplaced({
    ...rested,
    ...target,
    ...(there ? {} : { selectedRegion: all.selectedRegion, selectedMore: all.selectedMore }),
    view: { ...all.view, ...target.view },
    settledView: target,
    [from]: all[from].slice(0, -1),
    [to]: [...all[to], viewSnapshotOf(all)],
  });
}

/** Treats the current view as settled: a new step, unless the crosshair was only scrubbed. */
function rest(state: AppState): Partial<HistorySlice> {
  const { settledView: from } = state;
  const to = viewSnapshotOf(state);
  if (!from || changeBetween(from, to) === "none") return {};
  if (isScrub(from, to)) return { settledView: to };
  return {
    settledView: to,
    viewsBefore: [...state.viewsBefore, from].slice(-MAX_VIEWS),
    viewsAfter: [],
  };
}

/** The steps of a case at the same places of the grid that it is now shown on. */
function stepsOnGrid(before: AppState, state: AppState): Partial<HistorySlice> {
  const { viewsBefore, viewsAfter, settledView, grid } = state;
  const steps = { viewsBefore, viewsAfter, settledView };
  // A step back or forward has set another view already.
  const unrested = settledView === before.settledView;
  const rested = { ...steps, ...(unrested ? rest({ ...before, ...steps, grid }) : {}) };
  const [from, to] = [before.openCase, state.openCase];
  if (!from || !to) return {};
  const moved = (step: ViewSnapshot): ViewSnapshot => {
    const { view, planes } = regrid(sourceGrid(from.source), sourceGrid(to.source), {
      ...before,
      view: { ...before.view, ...step.view },
      planes: step.planes,
    });
    return { ...step, view: { ...step.view, voxel: view.voxel, panMm: view.panMm }, planes };
  };
  return { viewsBefore: rested.viewsBefore.map(moved), viewsAfter: rested.viewsAfter.map(moved) };
}

/**
 * Records steps while the store changes; another case starts a new history.
 * @returns a function that ends the recording
 */
export function trackViews({ getState, setState, subscribe }: Store): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const takeRest = (state = getState()) => {
    clearTimeout(timer);
    const rested = rest(state);
    if (rested.settledView) setState(rested);
  };
  const { openCase, settledView } = getState();
  let last = getState();
  if (openCase && !settledView) setState({ settledView: viewSnapshotOf(getState()) });
  const stop = subscribe((state, before) => {
    // Not `before`: a listener that shows another grid makes this one miss the state before that.
    const known = last;
    last = state;
    const source = state.openCase?.source;
    if (source !== known.openCase?.source) {
      clearTimeout(timer);
      const isSameCase = selectStoredCase(state)?.source === selectStoredCase(known)?.source;
      const settledView = source ? viewSnapshotOf(state) : null;
      setState({ ...(isSameCase ? stepsOnGrid(known, state) : DEFAULTS), settledView });
      return;
    }
    const { settledView } = state;
    if (!settledView || settledView !== before.settledView) return;
    const change = changeBetween(viewSnapshotOf(before), viewSnapshotOf(state));
    if (change === "none") {
      const { selectedRegion, selectedMore, compareRow } = state;
      const selected =
        selectedRegion !== before.selectedRegion ||
        selectedMore !== before.selectedMore ||
        compareRow !== before.compareRow;
      if (selected) setState({ settledView: withSelection(settledView, state) });
      return;
    }
    if (change === "choice") {
      // An unfinished continuous change becomes a separate step.
      const glided = rest({ ...before, settledView });
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
