/** Runs survival and sweep jobs in workers as the state requires them, and steps through components. */
import { workInBackground } from "../../app/busy.ts";
import { errorMessage } from "../../base/errors.ts";
import { paced } from "../../base/paced.ts";
import type { RegionSurvival, SurvivalInput } from "../../domain/analysis/survival.ts";
import { patchTargets } from "../../domain/targets/patch.ts";
import { targetCells } from "../../domain/targets/pooling.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { showError } from "../../state/actions/case-actions.ts";
import {
  componentVisited,
  stepEnded,
  stepPending,
  survivalArrived,
  survivalAskedAgain,
  survivalEnded,
  survivalProgressed,
  survivalSweepArrived,
  survivalSweepEnded,
  survivalSweepForgotten,
  survivalSweepProgressed,
} from "../../state/actions/survival-actions.ts";
import { setActiveView } from "../../state/actions/view-actions.ts";
import { selectRegionSet, selectRegionTable } from "../../state/case/case-selectors.ts";
import {
  isSurvivalFresh,
  isSurvivalWanted,
  sameComponents,
  selectSurvivalQuery,
  selectSurvivalResult,
  selectSweepQuery,
} from "../../state/case/shown-patch.ts";
import type { SurvivalPlace, SurvivalQuery, SweepQuery } from "../../state/slices/survival-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";
import { type SurvivalListeners, survivalInWorker } from "../../workers/survival.ts";
import type { SweepJob } from "../../workers/survival-protocol.ts";
import { nextComponent, nextVanishing } from "./survival-rows.ts";

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
  #sweep: Job<SweepQuery> | null = null;
  readonly #unsubscribe: () => void;

  constructor() {
    this.#unsubscribe = watch(
      (s) => [
        s.openCase?.source,
        selectSurvivalQuery(s),
        selectSweepQuery(s),
        isSurvivalWanted(s),
        s.survivalStopped,
      ],
      () => this.#follow(),
    );
  }

  dispose(): void {
    this.#unsubscribe();
    this.cancel();
    this.cancelSweep();
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

  /** Goes to the next (or previous) component that vanishes; waits for the result if it is not known yet. */
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

  runSweep(): void {
    const state = useStore.getState();
    const query = selectSweepQuery(state);
    if (!query || this.#sweep) return;
    const { sweepSettings } = state;
    const job: SweepJob = { ...channelsOf(), ...query, ...sweepSettings };
    const sweep = { query, abort: new AbortController(), startMs: performance.now() };
    this.#sweep = sweep;
    survivalSweepProgressed({ fraction: 0, step: "starting" });
    const isDue = paced(NEWS_MS);
    const onProgress = ({ fraction, channel }: { fraction: number; channel: number }) => {
      if (isDue()) survivalSweepProgressed({ fraction, step: nameOf(channel) });
    };
    const { signal } = sweep.abort;
    const work = async () => {
      try {
        const result = await survivalInWorker({ kind: "sweep", job }, { onProgress }, signal);
        survivalSweepArrived({ query, asked: sweepSettings.patchSamples, sweep: result });
      } finally {
        this.#sweep = null;
        survivalSweepEnded();
      }
    };
    workInBackground(work, { signal, sentence: (why) => `Patch statistics failed: ${why}` });
  }

  cancelSweep(): void {
    this.#sweep?.abort.abort(new DOMException("cancelled", "AbortError"));
  }

  /** Starts, keeps or ends jobs and drops outdated results to match what the page shows. */
  #follow(): void {
    const state = useStore.getState();
    const sweepQuery = selectSweepQuery(state);
    if (this.#sweep && this.#sweep.query !== sweepQuery) this.cancelSweep();
    if (state.survivalSweep && state.survivalSweep.query !== sweepQuery) survivalSweepForgotten();

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
    const place = nextVanishing(useStore.getState(), by);
    if (place) this.#visit(place);
    else stepEnded({ kind: "none" });
  }

  #visit(place: SurvivalPlace): void {
    const state = useStore.getState();
    const channel = selectRegionSet(state)?.regions.findIndex(({ name }) => name === place.region) ?? -1;
    const component = selectSurvivalResult(state)?.regions[channel]?.components[place.component ?? -1];
    if (component) componentVisited(place, component.example);
  }
}

/** The channels of the open case as job input; an ignore channel does not count as foreground. */
function channelsOf() {
  const state = useStore.getState();
  const regions = selectRegionSet(state)?.regions ?? [];
  return {
    table: selectRegionTable(state),
    channels: regions.map((_, channel) => channel),
    foreground: regions.flatMap(({ ignore }, channel) => (ignore ? [] : [channel])),
  };
}

function inputOf({ source, strides, trainer, mode, patch, pooling }: SurvivalQuery): SurvivalInput {
  const { table, channels } = channelsOf();
  const { shape } = sourceGrid(source);
  const { scales, tables } = patchTargets(shape, patch, strides, mode, trainer);
  return {
    source,
    table,
    channels,
    scales: tables,
    patch,
    pooling: pooling && { rule: pooling, cells: targetCells(shape, patch, scales, mode) },
  };
}

function nameOf(channel: number): string {
  return selectRegionSet(useStore.getState())?.regions[channel]?.name ?? `channel ${channel}`;
}
