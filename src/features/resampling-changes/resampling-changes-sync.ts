/**
 * Finds out what resampling changed once the training grid is made, in time slices. Follows the store: another
 * training grid or other regions start over.
 */
import { workInBackground } from "../../app/busy.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { resamplingChanges } from "../../domain/training-grid/resampling-changes.ts";
import {
  resamplingChangesArrived,
  resamplingChangesProgressed,
} from "../../state/actions/resampling-changes-actions.ts";
import {
  selectResampledCase,
  selectResamplingChanges,
  selectResamplingChangesQuery,
  selectTablesOfGrids,
} from "../../state/case/resampling-changes-selectors.ts";
import type { ResamplingChangesQuery } from "../../state/slices/resampling-changes-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";

/** Returns a function that stops it. */
export function syncResamplingChanges(): () => void {
  let job: AbortController | null = null;
  const end = () => {
    if (!job) return;
    job.abort();
    job = null;
    resamplingChangesProgressed(null);
  };
  const follow = () => {
    end();
    const state = useStore.getState();
    const query = selectResamplingChangesQuery(state);
    if (!query || selectResamplingChanges(state)) return;
    job = new AbortController();
    const { signal } = job;
    const work = () =>
      changesFor(query, signal).finally(() => {
        if (signal.aborted) return;
        job = null;
        resamplingChangesProgressed(null);
      });
    workInBackground(work, { signal, sentence: (why) => `What resampling changed is not known: ${why}` });
  };
  const unsubscribe = watch((s) => [selectResamplingChangesQuery(s)], follow);
  follow();
  return () => {
    unsubscribe();
    end();
  };
}

async function changesFor(query: ResamplingChangesQuery, signal: AbortSignal): Promise<void> {
  const state = useStore.getState();
  const [resampled, tables] = [selectResampledCase(state), selectTablesOfGrids(state)];
  if (!resampled || !tables) return;
  resamplingChangesProgressed(0);
  const steps = resamplingChanges(resampled, tables);
  const result = await inTimeSlices(steps, { signal, onSlice: resamplingChangesProgressed });
  signal.throwIfAborted();
  resamplingChangesArrived(query, result);
}
