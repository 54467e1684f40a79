/**
 * Runs jobs of survival and of shares of components in workers as the state requires them, and steps through
 * components.
 */
import { workInBackground } from "../../app/busy.ts";
import { errorMessage } from "../../base/errors.ts";
import { paced } from "../../base/paced.ts";
import type { RegionSurvival, SurvivalInput } from "../../domain/analysis/survival.ts";
import { boxMm } from "../../domain/geometry/grid.ts";
import { patchTargets } from "../../domain/targets/patch.ts";
import { targetCells } from "../../domain/targets/pooling.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { showError } from "../../state/actions/case-actions.ts";
import {
  componentSharesArrived,
  componentSharesEnded,
  componentSharesForgotten,
  componentSharesProgressed,
  componentVisited,
  stepEnded,
  stepPending,
  survivalArrived,
  survivalAskedAgain,
  survivalEnded,
  survivalProgressed,
} from "../../state/actions/survival-actions.ts";
import { setActiveView } from "../../state/actions/view-actions.ts";
import { selectRegionSet, selectRegionTable } from "../../state/case/case-selectors.ts";
import {
  areSharesOfShown,
  type PatchSharesQuery,
  selectPatchSharesQuery,
} from "../../state/case/patch-shares-selectors.ts";
import {
  isSurvivalFresh,
  isSurvivalWanted,
  sameComponents,
  selectSurvivalQuery,
  selectSurvivalResult,
} from "../../state/case/shown-patch.ts";
import type { SurvivalPlace, SurvivalQuery } from "../../state/slices/survival-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";
import { type SurvivalListeners, survivalInWorker } from "../../workers/survival.ts";
import { nextComponent, nextEmptied } from "./survival-rows.ts";

/**
 * Lets a job younger than this finish when only the patch, pooling or mode changes, so that dragging a slider
 * shows results.
 */
const PATIENCE_MS = 400;

/** Interval of progress updates to the page, in ms. */
const NEWS_MS = 120;

interface Job<Q> {
  readonly query: Q;
  readonly abort: AbortController;
  readonly startMs: number;
}

export class SurvivalRuns {
  #job: Job<SurvivalQuery> | null = null;
  #shares: Job<PatchSharesQuery> | null = null;
  readonly #unsubscribe: () => void;

  constructor() {
    this.#unsubscribe = watch(
      (s) => [
        s.openCase?.source,
        selectSurvivalQuery(s),
        selectPatchSharesQuery(s),
        isSurvivalWanted(s),
        s.survivalStopped,
      ],
      () => this.#follow(),
    );
    // Its script loads when the first job is wanted.
    this.#follow();
  }

  dispose(): void {
    this.#unsubscribe();
    this.cancel();
    this.cancelComponentShares();
  }

  /** Runs a cancelled or failed job again. */
  run(): void {
    survivalAskedAgain();
    this.#follow();
  }

  cancel(): void {
    const { query } = this.#job ?? {};
    if (!query) return;
    this.#end();
    const state = useStore.getState();
    survivalEnded(query);
    if (state.survivalStep?.kind === "pending") stepEnded(null);
  }

  /**
   * Goes to the next (or previous) component that has no voxel at a scale; waits for the result if it is not
   * known yet.
   */
  step(by: 1 | -1): void {
    const state = useStore.getState();
    if (!selectSurvivalQuery(state)) return;
    if (isSurvivalFresh(state) && state.survivalResult?.complete) this.#stepNow(by);
    else {
      stepPending(by);
      this.run();
    }
  }

  /**
   * Goes to the next (or previous) component of the selected region; waits for the result if components are
   * not known yet.
   */
  stepComponent(by: 1 | -1): void {
    const state = useStore.getState();
    if (!selectSurvivalQuery(state) || state.selectedRegion === null) return;
    if (nextComponent(state, by)) this.#componentNow(by);
    else {
      stepPending(by, true);
      this.run();
    }
  }

  /** Shows a component in the grid. */
  show(place: SurvivalPlace): void {
    this.#visit(place);
    setActiveView("grid");
  }

  runComponentShares(): void {
    const state = useStore.getState();
    const query = selectPatchSharesQuery(state);
    // Components of the stored grid are not those of the training grid.
    if (!query || !areSharesOfShown(state) || this.#shares) return;
    const run = { query, abort: new AbortController(), startMs: performance.now() };
    this.#shares = run;
    componentSharesProgressed({ fraction: 0, step: "starting" });
    const onProgress = ({ fraction, channel }: { fraction: number; channel: number }) =>
      componentSharesProgressed({ fraction, step: nameOf(channel) });
    const { signal } = run.abort;
    const work = async () => {
      try {
        const job = { kind: "componentShares", job: query.input } as const;
        const channels = await survivalInWorker(job, { onProgress }, signal);
        componentSharesArrived({ key: query.key, channels });
      } finally {
        this.#shares = null;
        componentSharesEnded();
      }
    };
    workInBackground(work, {
      signal,
      sentence: (why) => `Shares of components could not be computed: ${why}`,
    });
  }

  cancelComponentShares(): void {
    this.#shares?.abort.abort(new DOMException("cancelled", "AbortError"));
  }

  /** Starts, keeps or ends jobs and drops outdated results to match what the page shows. */
  #follow(): void {
    const state = useStore.getState();
    const key = selectPatchSharesQuery(state)?.key;
    if (this.#shares && this.#shares.query.key !== key) this.cancelComponentShares();
    if (state.componentShares && state.componentShares.key !== key) componentSharesForgotten();

    const query = selectSurvivalQuery(state);
    if (!query || !isSurvivalWanted(state)) {
      if (this.#job) this.#end();
      return;
    }
    if (state.survivalStopped === query) return;
    if (isSurvivalFresh(state) && state.survivalResult?.complete) {
      if (this.#job) this.#end();
      this.#stepIfAsked();
      return;
    }
    if (this.#job) {
      const { query: running, startMs } = this.#job;
      if (running === query) return;
      // Lets a job that ends soon finish; the newest query follows.
      if (sameComponents(running, query) && performance.now() - startMs < PATIENCE_MS) return;
      this.#end();
    }
    this.#start(query);
  }

  #start(query: SurvivalQuery): void {
    const job = { query, abort: new AbortController(), startMs: performance.now() };
    this.#job = job;
    survivalProgressed({ fraction: 0, step: "starting" });
    const known: RegionSurvival[] = [];
    const isDue = paced(NEWS_MS);
    const listeners: SurvivalListeners = {
      onRegion: (region) => known.push(region),
      onProgress: ({ fraction, channel }) => {
        if (!isDue()) return;
        const now = useStore.getState();
        survivalProgressed({ fraction, step: nameOf(channel) });
        // Keeps the previous result for the same components until the new one is complete.
        const shown = selectSurvivalResult(now);
        if (!shown || shown.query === query) {
          survivalArrived({ query, regions: [...known], complete: false });
        }
      },
    };
    const { signal } = job.abort;
    workInBackground(async () => {
      try {
        const request = { kind: "survival", job: inputOf(query) } as const;
        const regions = await survivalInWorker(request, listeners, signal);
        survivalArrived({ query, regions, complete: true });
      } catch (error) {
        if (signal.aborted) return;
        survivalEnded(query);
        stepEnded(null);
        showError(`Survival could not be computed: ${errorMessage(error)}`);
      } finally {
        // An ended job either has a successor or has already been reported.
        if (this.#job === job) {
          this.#job = null;
          survivalEnded(useStore.getState().survivalStopped);
          this.#follow();
        }
      }
    });
  }

  #end(): void {
    this.#job?.abort.abort(new DOMException("cancelled", "AbortError"));
    this.#job = null;
    survivalEnded(useStore.getState().survivalStopped);
  }

  #stepIfAsked(): void {
    const { survivalStep } = useStore.getState();
    if (survivalStep?.kind !== "pending") return;
    if (survivalStep.any) this.#componentNow(survivalStep.by);
    else this.#stepNow(survivalStep.by);
  }

  #componentNow(by: 1 | -1): void {
    const place = nextComponent(useStore.getState(), by);
    if (place) this.#visit(place);
    else stepEnded(null);
  }

  #stepNow(by: 1 | -1): void {
    const place = nextEmptied(useStore.getState(), by);
    if (place) this.#visit(place);
    else stepEnded({ kind: "none" });
  }

  #visit(place: SurvivalPlace): void {
    const state = useStore.getState();
    const channel = selectRegionSet(state)?.regions.findIndex(({ name }) => name === place.region) ?? -1;
    const component = selectSurvivalResult(state)?.regions[channel]?.components[place.component ?? -1];
    if (component && state.openCase)
      componentVisited(place, component.example, boxMm(sourceGrid(state.openCase.source), component.box));
  }
}

function inputOf({ source, strides, trainer, mode, patch, pooling }: SurvivalQuery): SurvivalInput {
  const state = useStore.getState();
  const channels = (selectRegionSet(state)?.regions ?? []).map((_, channel) => channel);
  const { shape } = sourceGrid(source);
  const { scales, tables } = patchTargets(shape, patch, strides, mode, trainer);
  return {
    source,
    table: selectRegionTable(state),
    channels,
    scales: tables,
    patch,
    pooling: pooling && { rule: pooling, cells: targetCells(shape, patch, scales, mode) },
  };
}

function nameOf(channel: number): string {
  return selectRegionSet(useStore.getState())?.regions[channel]?.name ?? `channel ${channel}`;
}
