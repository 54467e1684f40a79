/**
 * Finds the places where resampling changed the case, when someone steps through them, and moves from one to
 * the next.
 */
import { workInBackground } from "../../app/busy.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { boxMm, type Triple, voxelFromWorld, worldFromVoxel } from "../../domain/geometry/grid.ts";
import { type ChangedPlace, componentOf } from "../../domain/training-grid/changed-place.ts";
import { type ChangedPlaces, changedPlaces } from "../../domain/training-grid/changed-places.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import { resumeTrainingGrid } from "../../state/actions/cancel-training-grid.ts";
import { placeStepped, placeVisited } from "../../state/actions/changed-places-actions.ts";
import { setGridForPlace } from "../../state/actions/training-grid-actions.ts";
import { selectRegionSet } from "../../state/case/case-selectors.ts";
import {
  selectResampledCase,
  selectResamplingChanges,
  selectResamplingChangesQuery,
  selectTablesOfGrids,
} from "../../state/case/resampling-changes-selectors.ts";
import { selectStoredCase, storedCase } from "../../state/case/stored-case.ts";
import { isTrainingGridCancelled, selectTrainingGrid } from "../../state/case/training-grid-selectors.ts";
import type { PlaceFilter, PlaceStep } from "../../state/slices/changed-places-slice.ts";
import type { ResamplingChangesQuery } from "../../state/slices/resampling-changes-slice.ts";
import { clampVoxel } from "../../state/slices/view-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";
import { placesToStep } from "./place-list.ts";
import { nothingText } from "./place-text.ts";

const CANCELLED = "Making the training grid was cancelled.";
const EVERY_PLACE: PlaceFilter = { kind: null, region: null };

export class PlaceSteps {
  #known: { readonly query: ResamplingChangesQuery; readonly places: ChangedPlaces } | null = null;
  #job: { readonly query: ResamplingChangesQuery; readonly abort: AbortController } | null = null;
  /** What was stepped through before another training grid, and of which case; null once it is used. */
  #left: { readonly filter: PlaceFilter; readonly of: WeakRef<Source> } | null = null;
  readonly #unsubscribe: () => void;

  constructor() {
    this.#unsubscribe = watch(
      (s) => [
        selectResamplingChangesQuery(s),
        selectResamplingChanges(s),
        selectTrainingGrid(s),
        isTrainingGridCancelled(s),
        s.survivalStep,
        s.placeStep === null,
      ],
      () => this.#follow(),
    );
  }

  dispose(): void {
    this.#unsubscribe();
    this.#end();
  }

  /**
   * Goes to the next (or previous) place; waits until the places are known.
   * @param filter which places; by default those that were stepped through last
   */
  step(by: 1 | -1, filter: PlaceFilter = this.#filter()): void {
    const { placeStep } = useStore.getState();
    this.#left = null;
    const isSame = placeStep?.filter.kind === filter.kind && placeStep.filter.region === filter.region;
    if (this.#places()) this.#go(by, filter, isSame ? placeStep : null);
    else {
      resumeTrainingGrid();
      placeStepped({ kind: "pending", by, filter, fraction: 0 });
      this.#follow();
    }
  }

  /** What is stepped through, or was until another configuration ended that. */
  #filter(): PlaceFilter {
    const state = useStore.getState();
    if (state.placeStep) return state.placeStep.filter;
    const { filter = EVERY_PLACE, of = null } = this.#left ?? {};
    const { regions = [] } = selectRegionSet(state) ?? {};
    const isThere = filter.region === null || regions.some(({ name }) => name === filter.region);
    return isThere && of && of.deref() === selectStoredCase(state)?.source ? filter : EVERY_PLACE;
  }

  /** The places of what is open now; null while they are not known. */
  #places(): ChangedPlaces | null {
    const query = selectResamplingChangesQuery(useStore.getState());
    return query && this.#known?.query === query ? this.#known.places : null;
  }

  #follow(): void {
    const state = useStore.getState();
    const query = selectResamplingChangesQuery(state);
    if (this.#known && this.#known.query !== query) this.#known = null;
    const { placeStep: step } = state;
    if (this.#job && (this.#job.query !== query || step?.kind !== "pending")) this.#end();
    // A place of other regions or of another grid means nothing.
    const isVoid = step?.kind === "at" && !this.#known;
    if (step && isVoid && !state.survivalStep && state.openCase)
      this.#left = { filter: step.filter, of: new WeakRef(storedCase(state.openCase).source) };
    if (step && (isVoid || state.survivalStep || !state.openCase)) placeStepped(null);
    else if (step?.kind === "pending" && !this.#job) this.#findIfReady(step.filter, query);
  }

  /** Waits while the training grid is made or compared. */
  #findIfReady(filter: PlaceFilter, query: ResamplingChangesQuery | null): void {
    const state = useStore.getState();
    const grid = selectTrainingGrid(state);
    if (grid?.kind === "refused") placeStepped({ kind: "none", filter, why: grid.reason });
    else if (isTrainingGridCancelled(state)) placeStepped({ kind: "none", filter, why: CANCELLED });
    else if (query && selectResamplingChanges(state)) this.#find(query);
  }

  #find(query: ResamplingChangesQuery): void {
    const state = useStore.getState();
    const [resampled, tables] = [selectResampledCase(state), selectTablesOfGrids(state)];
    const { regions } = selectResamplingChanges(state) ?? { regions: [] };
    if (!resampled || !tables) return;
    const abort = new AbortController();
    const job = { query, abort };
    this.#job = job;
    const work = changedPlaces(resampled, tables, regions);
    const { signal } = abort;
    workInBackground(
      async () => {
        try {
          const places = await inTimeSlices(work, { signal, onSlice: progressed });
          signal.throwIfAborted();
          this.#known = { query, places };
        } catch (error) {
          if (!signal.aborted) placeStepped(null);
          throw error;
        } finally {
          if (this.#job === job) this.#job = null;
        }
        const { placeStep: step } = useStore.getState();
        if (step?.kind === "pending") this.#go(step.by, step.filter, null);
      },
      { signal, sentence: (why) => `The places that resampling changed could not be found: ${why}` },
    );
  }

  #end(): void {
    this.#job?.abort.abort(new DOMException("cancelled", "AbortError"));
    this.#job = null;
  }

  #go(by: 1 | -1, filter: PlaceFilter, from: PlaceStep | null): void {
    const places = this.#places();
    const state = useStore.getState();
    const [set, tables] = [selectRegionSet(state), selectTablesOfGrids(state)];
    if (!places || !set || !tables) return;
    const list = placesToStep(places, filter, set.regions, tables.stored);
    const at = from?.kind === "at" ? list.indexOf(from.place) : -1;
    const next = at < 0 ? (by === 1 ? 0 : list.length - 1) : (at + by + list.length) % list.length;
    const place = list[next];
    if (!place) {
      placeStepped({ kind: "none", filter, why: nothingText(filter) });
      return;
    }
    setGridForPlace(place.kind === "gone" ? "stored" : "trained");
    const region = place.kind === "gap" ? filter.region : (set.regions[place.channel]?.name ?? null);
    const voxel = shownVoxel(place);
    const step = { kind: "at", filter, place, nth: next + 1, of: list.length } as const;
    if (voxel) placeVisited(step, voxel, region, boxMm(place.grid, componentOf(place).box));
  }
}

/** In whole percents, so that the page is not updated more often than anyone sees. */
function progressed(fraction: number): void {
  const { placeStep: step } = useStore.getState();
  const shown = Math.floor(100 * fraction) / 100;
  if (step?.kind === "pending" && shown > step.fraction) placeStepped({ ...step, fraction: shown });
}

/** The middle of a place, on the grid that is shown. */
function shownVoxel(place: ChangedPlace): Triple | null {
  const { openCase } = useStore.getState();
  if (!openCase) return null;
  const grid = sourceGrid(openCase.source);
  const [z, y, x] = voxelFromWorld(grid, worldFromVoxel(place.grid, componentOf(place).example));
  return clampVoxel([Math.round(z), Math.round(y), Math.round(x)], grid.shape);
}
