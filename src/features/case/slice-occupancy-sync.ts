/** Finds out once per case which slices its labels or masks occupy, in idle steps too short to be noticed. */
import { workInBackground } from "../../app/busy.ts";
import { AFTER_OPENING, SOON, whenIdle } from "../../app/when-idle.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { RegionSlices } from "../../domain/analysis/region-slices.ts";
import { sliceOccupancy } from "../../domain/analysis/slice-occupancy.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { sliceOccupancyArrived } from "../../state/actions/slice-occupancy-actions.ts";
import { useStore } from "../../state/store.ts";

/** Longest step on the page's thread. */
const SLICE_MS = 4;

/** Starts with the open case and restarts with every other one. Returns a function that stops it. */
export function syncSliceOccupancy(): () => void {
  let end: (() => void) | null = null;
  const known = new WeakMap<Source, RegionSlices>();
  const begin = (source: Source | undefined) => {
    end?.();
    end = null;
    if (!source || useStore.getState().sliceOccupancy?.source === source) return;
    // The case may have returned to a grid that it was shown on.
    const slices = known.get(source);
    if (slices) sliceOccupancyArrived(source, slices);
    else end = lookThrough(source, (found) => known.set(source, found));
  };
  begin(useStore.getState().openCase?.source);
  const unsubscribe = useStore.subscribe((s) => s.openCase?.source, begin);
  return () => {
    unsubscribe();
    end?.();
  };
}

/** Returns a function that cancels the search. */
function lookThrough(source: Source, onFound: (slices: RegionSlices) => void): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  const look = async () => {
    await whenIdle(AFTER_OPENING);
    const occupancy = await inTimeSlices(sliceOccupancy(source), {
      signal,
      sliceMs: SLICE_MS,
      pause: () => whenIdle(SOON),
    });
    const slices = new RegionSlices(source, occupancy);
    onFound(slices);
    sliceOccupancyArrived(source, slices);
  };
  workInBackground(look, { signal });
  return () => abort.abort();
}
