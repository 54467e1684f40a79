/** Finds out once per case which slices its labels or masks occupy, in idle steps too short to be noticed. */
import { workInBackground } from "../../app/busy.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { RegionSlices } from "../../domain/analysis/region-slices.ts";
import { sliceOccupancy } from "../../domain/analysis/slice-occupancy.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { sliceOccupancyArrived } from "../../state/actions/slice-occupancy-actions.ts";
import { useStore } from "../../state/store.ts";

/** Longest step on the page's thread. */
const SLICE_MS = 4;
/** A page that draws all the time is never idle; a step runs after this delay at the latest. */
const SOON = { timeout: 100 } as const;
/** Waits longer after opening, so that the first image comes first. */
const AFTER_OPENING = { timeout: 2000 } as const;

/** Starts with the open case and restarts with every other one. Returns a function that stops it. */
export function syncSliceOccupancy(): () => void {
  let end: (() => void) | null = null;
  const begin = (source: Source | undefined) => {
    end?.();
    end = source && useStore.getState().sliceOccupancy?.source !== source ? lookThrough(source) : null;
  };
  begin(useStore.getState().openCase?.source);
  const unsubscribe = useStore.subscribe((s) => s.openCase?.source, begin);
  return () => {
    unsubscribe();
    end?.();
  };
}

/** Returns a function that cancels the search. */
function lookThrough(source: Source): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  const look = async () => {
    await whenIdle(AFTER_OPENING);
    const occupancy = await inTimeSlices(sliceOccupancy(source), {
      signal,
      sliceMs: SLICE_MS,
      pause: () => whenIdle(SOON),
    });
    sliceOccupancyArrived(source, new RegionSlices(source, occupancy));
  };
  workInBackground(look, { signal });
  return () => abort.abort();
}

function whenIdle(options: IdleRequestOptions): Promise<unknown> {
  return new Promise((resolve) => requestIdleCallback(resolve, options));
}
