/**
 * Finds out what resampling changed once the training grid is made, in time slices. Follows the store: another
 * training grid or other regions start over.
 */
import { workInBackground } from "../../app/busy.ts";
import { inTimeSlices, nextTask } from "../../base/time-slice.ts";
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
import { measuring } from "../../state/slices/benchmark-slice.ts";
import type { ResamplingChangesQuery } from "../../state/slices/resampling-changes-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";

/**
 * @param pause resolves when the next time slice may start
 * @returns a function that stops it
 */
export function syncResamplingChanges(pause: () => Promise<unknown> = nextTask): () => void {
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
    // A benchmark needs the machine to itself.
    if (!query || selectResamplingChanges(state) || measuring(state)) return;
    job = new AbortController();
    const { signal } = job;
    const work = () =>
      changesFor(query, { signal, pause }).finally(() => {
        if (signal.aborted) return;
        job = null;
        resamplingChangesProgressed(null);
      });
    workInBackground(work, { signal, sentence: (why) => `What resampling changed is not known: ${why}` });
  };
  const unsubscribe = watch((s) => [selectResamplingChangesQuery(s), measuring(s)], follow);
  follow();
  return () => {
    unsubscribe();
    end();
  };
}

interface Options {
  readonly signal: AbortSignal;
  readonly pause: () => Promise<unknown>;
}

async function changesFor(query: ResamplingChangesQuery, { signal, pause }: Options): Promise<void> {
  const state = useStore.getState();
  const [resampled, tables] = [selectResampledCase(state), selectTablesOfGrids(state)];
  if (!resampled || !tables) return;
  resamplingChangesProgressed(0);
  const steps = resamplingChanges(resampled, tables);
  const result = await inTimeSlices(steps, { signal, pause, onSlice: resamplingChangesProgressed });
  signal.throwIfAborted();
  resamplingChangesArrived(query, result);
}
