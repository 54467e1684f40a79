/**
 * Counts the open case in a worker if there is no GPU, in place of `GpuCaseSync`. Like it, follows the store:
 * counts whatever is unknown, and sums the known palette entries again after regions are edited. Its script
 * loads once there is no GPU.
 */
import { workInBackground } from "../../app/busy.ts";
import type { CpuCountJob } from "../../domain/analysis/cpu-counts.ts";
import type { RegionSet } from "../../domain/dataset/region-set.ts";
import { type RegionTable, regionCounts } from "../../domain/dataset/region-table.ts";
import type { PlacedTargets } from "../../domain/targets/placed-targets.ts";
import { type PoolingRule, targetCells } from "../../domain/targets/pooling.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import {
  countsArrived,
  cpuCountingProgressed,
  pathChosen,
  shownCountsArrived,
} from "../../state/actions/gpu-actions.ts";
import { selectDrawnTable, selectRegionSet } from "../../state/case/case-selectors.ts";
import { isUsualView, selectShownTargets, selectWholeTargets } from "../../state/case/shown-targets.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";
import { selectPath } from "../../targets/paths/select-path.ts";
import { countInWorker } from "../../workers/count.ts";

/** Inputs of a count. Two queries are equal if all their fields are. */
interface CountQuery {
  readonly source: Source;
  readonly targets: PlacedTargets;
  readonly pooling: PoolingRule | null;
  /** The regions to count; null for palette entries, whose counts do not depend on regions. */
  readonly regionSet: RegionSet | null;
  /** Counts what is shown instead of the whole case. */
  readonly shown: boolean;
}

interface Job {
  readonly query: CountQuery;
  readonly abort: AbortController;
}

export class CpuCounting {
  #job: Job | null = null;
  /** The query that failed; it is not retried. */
  #failed: CountQuery | null = null;
  /** The regions for which a path was chosen. */
  #chosenFor: RegionSet | null = null;
  /** Voxels of each palette entry at each scale: [scale][entry]. */
  readonly #entryVoxels = new WeakMap<PlacedTargets, readonly (readonly number[])[]>();
  readonly #unsubscribe: () => void;

  constructor() {
    this.#unsubscribe = watch(
      (s) => [
        s.gpu.status,
        selectRegionSet(s),
        selectDrawnTable(s),
        selectWholeTargets(s),
        selectShownTargets(s),
        s.pooling,
        s.regionVoxels,
        s.shownVoxels,
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
    if (useStore.getState().gpu.status !== "unavailable") {
      this.#failed = null;
      this.#chosenFor = null;
      this.#end();
      return;
    }
    this.#selectPath();
    this.#addUp();
    const query = this.#nextQuery();
    if (!query) {
      this.#end();
      return;
    }
    if (this.#job && sameQuery(this.#job.query, query)) return;
    this.#end();
    if (!this.#failed || !sameQuery(this.#failed, query)) this.#start(query);
  }

  /** Chooses the plain path for counting. A sweep measured on a GPU says nothing about the CPU. */
  #selectPath(): void {
    const state = useStore.getState();
    const regionSet = selectRegionSet(state);
    if (!state.openCase || !regionSet || regionSet === this.#chosenFor) return;
    this.#chosenFor = regionSet;
    const { path, reason } = selectPath(state.openCase.source, regionSet.regions.length);
    pathChosen(path, reason);
  }

  #addUp(): void {
    const state = useStore.getState();
    const table = selectDrawnTable(state);
    if (!table) return;
    const sum = (targets: PlacedTargets | null) =>
      targets && this.#entryVoxels.get(targets)?.map((voxels) => regionCounts(table, voxels));
    if (!isUsualView(state) && state.shownVoxels === null && state.pooling === null) {
      const shown = sum(selectShownTargets(state));
      if (shown) shownCountsArrived(shown);
    }
    if (state.regionVoxels === null) {
      const whole = sum(selectWholeTargets(state));
      if (whole) countsArrived(whole);
    }
  }

  /** The next unknown count, what is shown first; null if everything is known. */
  #nextQuery(): CountQuery | null {
    const state = useStore.getState();
    const { openCase, pooling } = state;
    const [whole, shown] = [selectWholeTargets(state), selectShownTargets(state)];
    const regionSet = selectRegionSet(state);
    if (!openCase || !whole || !shown || !regionSet) return null;
    const { source } = openCase;
    const of = (targets: PlacedTargets, rule: PoolingRule | null, isShown: boolean): CountQuery => ({
      source,
      targets,
      pooling: rule,
      shown: isShown,
      regionSet: source.kind === "labels" && rule === null ? null : regionSet,
    });
    if (!isUsualView(state) && state.shownVoxels === null) return of(shown, pooling, true);
    return state.regionVoxels === null ? of(whole, null, false) : null;
  }

  #start(query: CountQuery): void {
    const job: Job = { query, abort: new AbortController() };
    this.#job = job;
    const { signal } = job.abort;
    const state = useStore.getState();
    const table = selectDrawnTable(state);
    cpuCountingProgressed(0);
    const onProgress = (fraction: number) => {
      if (!signal.aborted) cpuCountingProgressed(fraction);
    };
    const work = async () => {
      try {
        const { regionVoxels, entryVoxels } = await countInWorker(jobOf(query, table), onProgress, signal);
        if (signal.aborted) return;
        this.#ended();
        if (entryVoxels) {
          this.#entryVoxels.set(query.targets, entryVoxels);
          this.#follow();
        } else if (query.shown) shownCountsArrived(regionVoxels);
        else countsArrived(regionVoxels);
      } catch (error) {
        if (signal.aborted) return;
        this.#ended();
        this.#failed = query;
        throw error;
      }
    };
    workInBackground(work, {
      signal,
      sentence: (why) => `The voxels could not be counted on the CPU: ${why}`,
    });
  }

  #ended(): void {
    this.#job = null;
    cpuCountingProgressed(null);
  }

  #end(): void {
    const job = this.#job;
    if (!job) return;
    this.#ended();
    job.abort.abort(new DOMException("cancelled", "AbortError"));
  }
}

function sameQuery(a: CountQuery, b: CountQuery): boolean {
  return (
    a.source === b.source &&
    a.targets === b.targets &&
    a.pooling === b.pooling &&
    a.regionSet === b.regionSet &&
    a.shown === b.shown
  );
}

function jobOf({ source, targets, pooling }: CountQuery, table: RegionTable | null): CpuCountJob {
  const { shape, patch, mode } = targets;
  const channels = source.kind === "labels" ? (table?.channels ?? 0) : source.stack.bitPlanes.length;
  const scales = targets.scales.map(({ scale }) => scale);
  return {
    source,
    table,
    channels,
    scales: targets.scales.map(({ tables }) => tables),
    path: selectPath(source, channels).path,
    pooling: pooling && { rule: pooling, cells: targetCells(shape, patch, scales, mode) },
  };
}
