/**
 * Keeps the open case on the page's GPU device. Follows the store: uploads what changed, in order and one
 * thing at a time, and returns the GPU's counts. Everything here can be rebuilt from the store.
 */

import { workInBackground } from "../../app/busy.ts";
import { errorMessage } from "../../base/errors.ts";
import type { Crossings } from "../../benchmark/sweep.ts";
import type { RegionSet } from "../../domain/dataset/region-set.ts";
import { type RegionTable, regionCounts } from "../../domain/dataset/region-table.ts";
import { type Grid, sameGrid } from "../../domain/geometry/grid.ts";
import { spacesMeet } from "../../domain/geometry/grid-overlap.ts";
import type { PlacedTargets } from "../../domain/targets/placed-targets.ts";
import type { PoolingRule } from "../../domain/targets/pooling.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { showError } from "../../state/actions/case-actions.ts";
import {
  countingFailed,
  countsArrived,
  pathChosen,
  showGpuError,
  shownCountsArrived,
} from "../../state/actions/gpu-actions.ts";
import { setPooling } from "../../state/actions/survival-actions.ts";
import { setView } from "../../state/actions/view-actions.ts";
import { selectDrawnTable, selectRegionSet } from "../../state/case/case-selectors.ts";
import { needsWords, selectShownTargets, selectWholeTargets } from "../../state/case/shown-targets.ts";
import { storedCase } from "../../state/case/stored-case.ts";
import type { OpenCase } from "../../state/slices/case-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";
import { selectPath } from "../../targets/paths/select-path.ts";
import { ResidentCase } from "../../targets/resident/resident-case.ts";
import { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { createResidentImage, type ResidentImage } from "../../viewers/shared/resident-image.ts";

/** The data that the GPU should hold. */
interface Wanted {
  readonly openCase: OpenCase;
  readonly regionSet: RegionSet;
  readonly table: RegionTable | null;
  readonly whole: PlacedTargets;
  readonly shown: PlacedTargets;
  readonly pooling: PoolingRule | null;
  readonly crossings: Crossings | null;
}

/** What the device holds of the grid that is not shown. */
interface OtherGrid {
  readonly built: Wanted;
  readonly resident: ResidentCase;
  readonly whole: ResidentTargets | null;
  readonly shown: ResidentTargets | null;
  readonly image: ResidentImage | null;
  readonly imageOf: OpenCase | null;
}

export class GpuCaseSync {
  #resident: ResidentCase | null = null;
  /** Targets of the whole case as training sees them; their counts feed the findings. */
  #whole: ResidentTargets | null = null;
  /** Targets drawn: the same, a patch, or pooled. */
  #shown: ResidentTargets | null = null;
  #image: ResidentImage | null = null;
  #built: Wanted | null = null;
  /** Voxels of each palette entry at each scale; editing regions does not change them. */
  #entryVoxels = new WeakMap<ResidentTargets, readonly (readonly number[])[]>();
  #imageOf: OpenCase | null = null;
  /** Kept so that switching between the grids of a case uploads and counts nothing. */
  #otherGrid: OtherGrid | null = null;
  #running = false;
  #again = false;
  #disposed = false;
  readonly #abort = new AbortController();
  readonly #unsubscribe: () => void;
  readonly #stopListening: () => void;

  constructor(
    readonly gpu: Gpu,
    /** Called when the buffers to draw from have changed. */
    readonly onChange: (shown: ResidentTargets | null, image: ResidentImage | null) => void,
  ) {
    this.#stopListening = gpu.onUncapturedError((sentence) => {
      this.#entryVoxels = new WeakMap();
      showGpuError(sentence);
    });
    this.#unsubscribe = watch(
      (s) => [
        s.openCase,
        selectDrawnTable(s),
        selectRegionSet(s),
        selectShownTargets(s),
        s.pooling,
        needsWords(s),
        s.crossings,
      ],
      () => this.#schedule(),
    );
    this.#schedule();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#stopListening();
    this.#abort.abort();
    this.#release();
    this.#disposed = true;
  }

  #schedule(): void {
    this.#again = true;
    if (this.#running || this.#disposed) return;
    this.#running = true;
    workInBackground(async () => {
      try {
        await this.#follow();
      } catch (error) {
        if (this.#disposed) return;
        this.#release();
        const why = errorMessage(error);
        countingFailed();
        showError(`The case could not be uploaded to the GPU: ${why}`);
      } finally {
        this.#running = false;
      }
    });
  }

  async #follow(): Promise<void> {
    while (this.#again && !this.#disposed) {
      this.#again = false;
      await this.#step();
    }
  }

  async #step(): Promise<void> {
    const wanted = wantedOf();
    if (!wanted) {
      this.#release();
      return;
    }
    const shown = await this.#targetsFor(wanted);
    if (!shown) return;
    if (needsWords(useStore.getState())) await this.#packWords(shown);
    if (this.#disposed) return;
    this.onChange(shown, this.#image);
    if (!isSameImage(this.#imageOf, wanted.openCase)) {
      await this.#bringImage(wanted.openCase);
      if (this.#disposed) return;
      this.onChange(shown, this.#image);
    }
    await this.#count();
  }

  /** Sums the known palette entries for edited regions, so that the new counts arrive with the edit. */
  #addUp(): void {
    const { regionVoxels, shownVoxels } = useStore.getState();
    const table = this.#built?.table;
    if (!table) return;
    const sum = (targets: ResidentTargets | null) =>
      targets && this.#entryVoxels.get(targets)?.map((voxels) => regionCounts(table, voxels));
    const whole = regionVoxels === null ? sum(this.#whole) : null;
    if (whole) countsArrived(whole);
    const shown = shownVoxels === null && this.#shown !== this.#whole ? sum(this.#shown) : null;
    if (shown) shownCountsArrived(shown);
  }

  /** Counts what is unknown, what is shown first. */
  async #count(): Promise<void> {
    const [whole, shown] = [this.#whole, this.#shown];
    if (!whole || !shown) return;
    const outdated = () => this.#disposed || this.#again;
    if (shown !== whole && useStore.getState().shownVoxels === null) {
      const counts = await this.#countsOf(shown);
      if (outdated()) return;
      shownCountsArrived(counts);
    }
    if (useStore.getState().regionVoxels === null) {
      const counts = await this.#countsOf(whole);
      if (outdated()) return;
      countsArrived(counts);
    }
    // No viewer draws from these words.
    if (shown !== whole) whole.releaseBitmap();
  }

  async #countsOf(targets: ResidentTargets): Promise<readonly (readonly number[])[]> {
    const table = this.#built?.table;
    const entryVoxels = await this.gpu.guarded("counting voxels", () => targets.countPalette());
    if (!entryVoxels || !table) return this.gpu.guarded("counting regions", () => targets.countRegions());
    this.#entryVoxels.set(targets, entryVoxels);
    return entryVoxels.map((voxels) => regionCounts(table, voxels));
  }

  /** Returns the targets to draw, rebuilding as little as possible; null if they are no longer wanted. */
  async #targetsFor(wanted: Wanted): Promise<ResidentTargets | null> {
    const resident = await this.#residentFor(wanted);
    if (!resident) return null;
    const retired: ResidentTargets[] = [];
    const replace = (old: ResidentTargets | null, fresh: ResidentTargets) => {
      if (old && old !== fresh) retired.push(old);
      return fresh;
    };
    const separate = this.#shown === this.#whole ? null : this.#shown;
    if (this.#whole?.targets !== wanted.whole) {
      this.#whole = replace(this.#whole, new ResidentTargets(resident, wanted.whole));
    }
    if (wanted.shown === wanted.whole && wanted.pooling === null) {
      if (separate) retired.push(separate);
      this.#shown = this.#whole;
    } else if (separate?.targets === wanted.shown && separate.pooling === wanted.pooling) {
      this.#shown = separate;
    } else {
      this.#shown = replace(separate, new ResidentTargets(resident, wanted.shown, wanted.pooling));
    }
    if (retired.length > 0) {
      // The viewer must not draw from released buffers.
      this.onChange(this.#shown, this.#image);
      for (const targets of retired) targets.dispose();
    }
    const { openCase, regionSet, crossings } = wanted;
    const built = this.#built;
    if (
      built?.openCase !== openCase ||
      built.regionSet !== regionSet ||
      built.crossings !== crossings ||
      useStore.getState().path === null
    ) {
      const { length } = regionSet.regions;
      const chosen = selectPath(openCase.source, length, crossings);
      pathChosen(chosen.path, chosen.reason);
    }
    this.#built = wanted;
    this.#addUp();
    return this.#shown;
  }

  async #residentFor({ openCase, regionSet, table }: Wanted): Promise<ResidentCase | null> {
    // One more than the regions if there are labels in no region.
    const channels = table?.channels ?? regionSet.regions.length;
    if (this.#built && this.#built.openCase.source !== openCase.source) this.#changeGrid(openCase);
    const built = this.#built;
    if (this.#resident && built?.openCase.source === openCase.source) {
      if (built.table !== table || this.#resident.channels !== channels) {
        this.#resident.setRegions(table, channels);
      }
      return this.#resident;
    }
    const { source } = openCase;
    const create = () =>
      this.gpu.guarded("opening the case", async () => {
        this.#resident = await ResidentCase.create(this.gpu, { source, table, channels });
      });
    try {
      await create();
    } catch (error) {
      if (!this.#otherGrid || this.#disposed) throw error;
      // The memory of the other grid may be what is missing.
      this.#releaseOtherGrid();
      await create();
    }
    if (!this.#disposed) return this.#resident;
    this.#release();
    return null;
  }

  /**
   * Keeps what is held if the other grid of the same case follows, and takes back what is held of that one.
   */
  #changeGrid(openCase: OpenCase): void {
    const [resident, built, next] = [this.#resident, this.#built, this.#otherGrid];
    if (!resident || !built || storedCase(built.openCase).source !== storedCase(openCase).source) {
      this.#release();
      return;
    }
    const isHeld = next?.built.openCase.source === openCase.source;
    if (!isHeld) {
      this.#releaseOtherGrid();
      // Nothing is drawn until the new grid is there.
      this.onChange(null, null);
    }
    const [whole, shown] = [this.#whole, this.#shown];
    this.#otherGrid = { built, resident, whole, shown, image: this.#image, imageOf: this.#imageOf };
    this.#resident = isHeld ? next.resident : null;
    this.#whole = isHeld ? next.whole : null;
    this.#shown = isHeld ? next.shown : null;
    this.#image = isHeld ? next.image : null;
    this.#imageOf = isHeld ? next.imageOf : null;
    this.#built = isHeld ? next.built : null;
  }

  #releaseOtherGrid(): void {
    const other = this.#otherGrid;
    this.#otherGrid = null;
    if (!other) return;
    if (other.shown !== other.whole) other.shown?.dispose();
    other.whole?.dispose();
    other.resident.dispose();
    other.image?.dispose();
  }

  /** Packs the words for drawing; if that fails, falls back to what the palette can show. */
  async #packWords(shown: ResidentTargets): Promise<void> {
    try {
      await shown.ensureBitmap();
    } catch (error) {
      if (!this.#resident?.indices || !(error instanceof Error)) throw error;
      if (shown.pooling) setPooling(null);
      else setView({ drawFrom: "label-first" });
      const instead = shown.pooling
        ? "nnU-Net's sampling is shown"
        : "Drawing continues from the palette (label-first)";
      showError(`${error.message} ${instead}.`);
    }
  }

  async #bringImage(openCase: OpenCase): Promise<void> {
    if (this.#image) {
      // The viewer must not draw from a released image.
      this.onChange(this.#shown, null);
      this.#image.dispose();
      this.#image = null;
    }
    this.#imageOf = openCase;
    const { image } = openCase;
    if (!image) return;
    const grid: Grid = sourceGrid(openCase.source);
    if (!sameGrid(image.grid, grid) && !spacesMeet(image.grid, grid)) return;
    await this.gpu.guarded("opening the image", async () => {
      this.#image = await createResidentImage(this.gpu, image, grid, this.#abort.signal);
      if (this.#disposed) this.#image.dispose();
    });
  }

  #release(): void {
    // Viewers must not draw from released buffers. If work ends after disposal, another device's sync may
    // already be showing its own.
    if (!this.#disposed) this.onChange(null, null);
    this.#releaseOtherGrid();
    if (this.#shown !== this.#whole) this.#shown?.dispose();
    this.#whole?.dispose();
    this.#resident?.dispose();
    this.#image?.dispose();
    this.#shown = null;
    this.#whole = null;
    this.#resident = null;
    this.#image = null;
    this.#built = null;
    this.#imageOf = null;
  }
}

/** True if the image on the device is that of the case, on the grid of its labels. */
function isSameImage(held: OpenCase | null, openCase: OpenCase): boolean {
  return held?.image === openCase.image && held.source === openCase.source;
}

/** The data for the current state of the page; null without a case. */
function wantedOf(): Wanted | null {
  const state = useStore.getState();
  const { openCase, pooling, crossings } = state;
  const regionSet = selectRegionSet(state);
  const whole = selectWholeTargets(state);
  const shown = selectShownTargets(state);
  if (!openCase || !regionSet || !whole || !shown) return null;
  return { openCase, regionSet, table: selectDrawnTable(state), whole, shown, pooling, crossings };
}
