/**
 * Makes the training grid in time slices, whichever grid is shown, and shows it when the page asks for it.
 * Follows the store: another case, configuration, mask or definition starts over, and the second labels of
 * Compare follow.
 */
import { workInBackground } from "../../app/busy.ts";
import { SOON, whenIdle } from "../../app/when-idle.ts";
import { errorMessage } from "../../base/errors.ts";
import { inTimeSlices, nextTask } from "../../base/time-slice.ts";
import type { TrainingGridQuery } from "../../domain/case/training-grid-query.ts";
import { type Refused, trainingGridFailed } from "../../domain/training-grid/resampling.ts";
import { type TrainingGrid, trainingGrid } from "../../domain/training-grid/training-grid.ts";
import {
  gridShown,
  trainedSecondMade,
  trainingGridMade,
  trainingGridProgressed,
} from "../../state/actions/training-grid-actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectShownSecond } from "../../state/case/shown-second.ts";
import {
  isTrainingGridCancelled,
  sameTrainingGrid,
  selectTrainingGrid,
  selectTrainingGridQuery,
} from "../../state/case/training-grid-selectors.ts";
import { measuring } from "../../state/slices/benchmark-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";

interface Options {
  /** False while something more urgent is to be done, such as the first picture of the case. */
  readonly mayStart?: (state: AppState) => boolean;
  /** Resolves when the next time slice may start, while nobody waits for the training grid. */
  readonly pause?: () => Promise<unknown>;
}

/** Options for a page that draws the case. */
export const AFTER_PICTURES: Options = {
  /** Counts follow the first picture of a case, and a benchmark needs the machine to itself. */
  mayStart: (s) =>
    (s.regionVoxels !== null || s.countsFailed || s.gpu.status === "unavailable") && !measuring(s),
  pause: () => whenIdle(SOON),
};

export class TrainingGridSync {
  #job: { readonly query: TrainingGridQuery; readonly abort: AbortController } | null = null;
  readonly #mayStart: (state: AppState) => boolean;
  readonly #pause: () => Promise<unknown>;
  readonly #unsubscribe: () => void;

  constructor({ mayStart = () => true, pause = nextTask }: Options = {}) {
    this.#mayStart = mayStart;
    this.#pause = pause;
    this.#unsubscribe = watch(
      (s) => [
        s.grid,
        s.openCase,
        s.secondLabels,
        s.trainedSecond,
        selectTrainingGridQuery(s),
        selectTrainingGrid(s),
        s.trainingGridCancelled,
        mayStart(s),
      ],
      () => this.#follow(),
    );
    this.#follow();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#end();
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
      if (this.#mayStart(state)) this.#start(wanted);
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
        pause: () => (useStore.getState().grid === "trained" ? nextTask() : this.#pause()),
        onSlice: progressed,
      }).catch((error: unknown): Refused => {
        signal.throwIfAborted();
        return trainingGridFailed(errorMessage(error));
      });
      signal.throwIfAborted();
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

/** In whole percents, so that the page is not updated more often than anyone sees. */
function progressed(fraction: number): void {
  const percents = Math.floor(100 * fraction);
  const { trainingGridProgress: before } = useStore.getState();
  if (percents > Math.round(100 * (before ?? 0))) trainingGridProgressed(percents / 100);
}

/** What is to be made next; null if nothing is missing. */
function nextQuery(): Wanted | null {
  const state = useStore.getState();
  const query = selectTrainingGridQuery(state);
  if (query?.kind !== "query") return null;
  const grid = selectTrainingGrid(state);
  if (!grid) {
    if (isTrainingGridCancelled(state)) return null;
    return { query, made: (result) => trainingGridMade(query, result) };
  }
  const { secondLabels } = state;
  if (
    state.grid === "stored" ||
    grid.kind === "refused" ||
    secondLabels?.source.kind !== "labels" ||
    selectShownSecond(state)
  )
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
