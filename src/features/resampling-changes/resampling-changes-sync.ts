/**
 * Finds out what resampling changed once the training grid is made, in time slices. Follows the store:
 * another training grid starts over; for other regions, what became of the labels is only added up again.
 */
import { workInBackground } from "../../app/busy.ts";
import { inTimeSlices, nextTask } from "../../base/time-slice.ts";
import {
  type LabelChanges,
  labelChanges,
  regionChanges,
} from "../../domain/training-grid/resampling-changes.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
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
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";

/**
 * @param pause resolves when the next time slice may start
 * @returns a function that stops it
 */
export function syncResamplingChanges(pause: () => Promise<unknown> = nextTask): () => void {
  let job: { readonly grid: TrainingGrid; readonly abort: AbortController } | null = null;
  let found: { readonly grid: TrainingGrid; readonly labels: LabelChanges } | null = null;
  const end = () => {
    if (!job) return;
    job.abort.abort();
    job = null;
    resamplingChangesProgressed(null);
  };
  const follow = () => {
    const state = useStore.getState();
    const grid = selectResamplingChangesQuery(state)?.grid ?? null;
    if (found?.grid !== grid) found = null;
    if (found) addUp(found.labels);
    // A benchmark needs the machine to itself.
    const wanted = found || measuring(state) ? null : grid;
    if (job?.grid === wanted) return;
    end();
    if (!wanted) return;
    const abort = new AbortController();
    const { signal } = abort;
    job = { grid: wanted, abort };
    const work = async () => {
      const labels = await labelChangesOf({ signal, pause }).finally(() => {
        if (signal.aborted) return;
        job = null;
        resamplingChangesProgressed(null);
      });
      signal.throwIfAborted();
      if (!labels) return;
      found = { grid: wanted, labels };
      addUp(labels);
    };
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

async function labelChangesOf({ signal, pause }: Options): Promise<LabelChanges | null> {
  const resampled = selectResampledCase(useStore.getState());
  if (!resampled) return null;
  resamplingChangesProgressed(0);
  return await inTimeSlices(labelChanges(resampled), { signal, pause, onSlice: resamplingChangesProgressed });
}

/** Adds up what became of the labels for the regions of the open case, unless that is known. */
function addUp(labels: LabelChanges): void {
  const state = useStore.getState();
  const query = selectResamplingChangesQuery(state);
  const [resampled, tables] = [selectResampledCase(state), selectTablesOfGrids(state)];
  if (!query || !resampled || !tables || selectResamplingChanges(state)) return;
  resamplingChangesArrived(query, regionChanges(resampled, labels, tables));
}
