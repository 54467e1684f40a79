/**
 * Makes the training grid when the page asks for it, in time slices, and shows it. Follows the store: another
 * case, configuration, mask or definition starts over, and the second labels of Compare follow.
 */
import { workInBackground } from "../../app/busy.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import type { Refused } from "../../domain/training-grid/resampling.ts";
import { type TrainingGrid, trainingGrid } from "../../domain/training-grid/training-grid.ts";
import {
  gridShown,
  setGrid,
  trainedSecondMade,
  trainingGridMade,
  trainingGridProgressed,
} from "../../state/actions/training-grid-actions.ts";
import { selectShownSecond } from "../../state/case/shown-second.ts";
import {
  sameTrainingGrid,
  selectTrainingGrid,
  selectTrainingGridQuery,
} from "../../state/case/training-grid-selectors.ts";
import type { TrainingGridQuery } from "../../state/slices/training-grid-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";

export class TrainingGridSync {
  #job: { readonly query: TrainingGridQuery; readonly abort: AbortController } | null = null;
  readonly #unsubscribe: () => void;

  constructor() {
    this.#unsubscribe = watch(
      (s) => [s.grid, s.openCase, s.secondLabels, s.trainedSecond, selectTrainingGrid(s)],
      () => this.#follow(),
    );
    this.#follow();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#end();
  }

  /** Stops the work and stays on the stored grid. */
  cancel(): void {
    if (this.#job) setGrid("stored");
  }

  #follow(): void {
    const state = useStore.getState();
    const grid = state.grid === "trained" ? selectTrainingGrid(state) : null;
    const shown = grid?.kind === "training-grid" ? grid : null;
    // Scales and counts of one grid beside the voxels of another would be wrong, so nothing outdated stays.
    gridShown(shown);
    const wanted = nextQuery();
    if (!wanted) this.#end();
    else if (!this.#job || !sameTrainingGrid(this.#job.query, wanted.query)) {
      this.#end();
      this.#start(wanted);
    }
  }

  #start({ query, made }: Wanted): void {
    const abort = new AbortController();
    const { signal } = abort;
    this.#job = { query, abort };
    trainingGridProgressed(0);
    const work = async () => {
      const result = await inTimeSlices(trainingGrid(query), {
        signal,
        onSlice: trainingGridProgressed,
      }).catch((error: unknown): Refused => {
        signal.throwIfAborted();
        const why = error instanceof Error ? error.message : String(error);
        return { kind: "refused", reason: `The training grid could not be made: ${why}` };
      });
      this.#ended();
      made(result);
    };
    workInBackground(work, { signal });
  }

  #ended(): void {
    this.#job = null;
    trainingGridProgressed(null);
  }

  #end(): void {
    const job = this.#job;
    if (!job) return;
    this.#ended();
    job.abort.abort(new DOMException("cancelled", "AbortError"));
  }
}

interface Wanted {
  readonly query: TrainingGridQuery;
  made(result: TrainingGrid | Refused): void;
}

/** What is to be made next; null if nothing is missing. */
function nextQuery(): Wanted | null {
  const state = useStore.getState();
  const query = selectTrainingGridQuery(state);
  if (state.grid === "stored" || query?.kind !== "query") return null;
  const grid = selectTrainingGrid(state);
  if (!grid) return { query, made: (result) => trainingGridMade(query, result) };
  const { secondLabels } = state;
  if (grid.kind === "refused" || secondLabels?.source.kind !== "labels" || selectShownSecond(state))
    return null;
  const { source } = secondLabels;
  return {
    query: { ...query, volume: source.volume },
    made: (result) => {
      if (result.kind === "refused") return;
      trainedSecondMade({ of: source, grid, source: { kind: "labels", volume: result.volume } });
    },
  };
}
