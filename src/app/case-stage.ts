/**
 * The open case on the page's device. Follows the store: whatever changed there is brought to the GPU, in order and
 * one thing at a time, and what the GPU counted goes back. The store is the truth; all this can be rebuilt from it.
 */
import type { Scale } from "../domain/deep-supervision.ts";
import { type Grid, sameGrid } from "../domain/grid.ts";
import { spacesMeet } from "../domain/grid-overlap.ts";
import { sourceGrid } from "../domain/palette-volume.ts";
import type { RegionSet } from "../domain/region-set.ts";
import { type RegionTable, regionCounts } from "../domain/region-table.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { choosePath } from "../paths/choose.ts";
import { ResidentCase } from "../paths/resident.ts";
import { countPalette } from "../paths/resident-counts.ts";
import type { OpenCase } from "../state/case-slice.ts";
import { selectRegionSet, selectRegionTable, selectScales } from "../state/selectors.ts";
import { useStore } from "../state/store.ts";
import { createResidentImage, type ResidentImage } from "../viewers/resident-image.ts";

/** What a resident case was built from. */
interface Built {
  readonly openCase: OpenCase;
  readonly regionSet: RegionSet;
  readonly table: RegionTable | null;
  readonly scales: readonly Scale[];
  readonly mode: string;
}

/** Voxels of each palette entry at each scale, `[scale][palette entry]`: they know nothing of regions. */
interface Histogram {
  readonly of: Pick<Built, "openCase" | "scales" | "mode">;
  readonly entryVoxels: readonly (readonly number[])[];
}

export class CaseStage {
  #resident: ResidentCase | null = null;
  #image: ResidentImage | null = null;
  #built: Built | null = null;
  #counted: Built | null = null;
  #histogram: Histogram | null = null;
  #imageOf: OpenCase | null = null;
  #running = false;
  #again = false;
  #disposed = false;
  readonly #abort = new AbortController();
  readonly #unsubscribe: () => void;

  constructor(
    readonly gpu: Gpu,
    /** Told when the buffers to draw from are others. */
    readonly onChange: (resident: ResidentCase | null, image: ResidentImage | null) => void,
  ) {
    this.#unsubscribe = useStore.subscribe(
      (s) => [s.openCase, selectRegionTable(s), selectScales(s), s.mode, s.view.drawFrom, selectRegionSet(s)],
      () => this.#schedule(),
      { equalityFn: (a, b) => a.every((value, i) => value === b[i]) },
    );
    this.#schedule();
  }

  dispose(): void {
    this.#disposed = true;
    this.#unsubscribe();
    this.#abort.abort();
    this.#release();
  }

  #schedule(): void {
    this.#again = true;
    if (this.#running || this.#disposed) return;
    this.#running = true;
    const store = useStore.getState();
    store.workStarted();
    this.#follow()
      .catch((error: unknown) => {
        if (this.#disposed) return;
        this.#release();
        const why = error instanceof Error ? error.message : String(error);
        useStore.getState().problemRaised(`The case could not be brought to the GPU: ${why}`);
      })
      .finally(() => {
        this.#running = false;
        useStore.getState().workEnded();
      })
      .catch(() => undefined);
  }

  async #follow(): Promise<void> {
    while (this.#again && !this.#disposed) {
      this.#again = false;
      await this.#step();
    }
  }

  async #step(): Promise<void> {
    const state = useStore.getState();
    const { openCase, mode } = state;
    const regionSet = selectRegionSet(state);
    if (!openCase || !regionSet) {
      this.#release();
      this.onChange(null, null);
      return;
    }
    const wanted: Built = {
      openCase,
      regionSet,
      table: selectRegionTable(state),
      scales: selectScales(state),
      mode,
    };
    const resident = await this.#residentFor(wanted);
    if (!resident) return;
    const needsWords = state.view.drawFrom === "bit-packed" || openCase.source.kind === "masks";
    if (needsWords) await this.#packWords(resident);
    if (this.#disposed) return;
    this.onChange(resident, this.#image);
    await this.#bringImage(openCase);
    if (this.#disposed) return;
    this.onChange(resident, this.#image);
    if (this.#counted !== this.#built) await this.#count(resident);
  }

  /** After an edit of regions the same numbers are added up anew: the new counts are there with the edit itself. */
  #addUp(): void {
    const [built, histogram] = [this.#built, this.#histogram];
    if (!built?.table || !histogram || this.#counted === built) return;
    const { openCase, scales, mode } = histogram.of;
    if (built.openCase !== openCase || built.scales !== scales || built.mode !== mode) return;
    const { table } = built;
    this.#counted = built;
    useStore.getState().countsArrived(histogram.entryVoxels.map((voxels) => regionCounts(table, voxels)));
  }

  async #count(resident: ResidentCase): Promise<void> {
    const built = this.#built;
    if (built?.table && resident.indices) {
      const entryVoxels = await countPalette(resident, built.table.paletteSize);
      if (this.#disposed || this.#again) return;
      this.#histogram = { of: built, entryVoxels };
      this.#addUp();
      return;
    }
    const counts = await resident.countRegions();
    if (this.#disposed || this.#again) return;
    this.#counted = this.#built;
    useStore.getState().countsArrived(counts);
  }

  /** The resident case for what is wanted, rebuilt as little as possible; null when it is no longer wanted. */
  async #residentFor(wanted: Built): Promise<ResidentCase | null> {
    const { openCase, regionSet, table, scales } = wanted;
    const { mode } = useStore.getState();
    const channels = regionSet.regions.length;
    const built = this.#built;
    if (!this.#resident || built?.openCase.source !== openCase.source) {
      this.#release();
      // The viewer must not draw from what was just given back.
      this.onChange(null, null);
      const { source } = openCase;
      this.#resident = await ResidentCase.create(this.gpu, { source, table, channels, scales, mode });
      if (this.#disposed) {
        this.#release();
        return null;
      }
    } else {
      if (built.table !== table || built.regionSet.regions.length !== channels) {
        this.#resident.setRegions(table, channels);
      }
      if (built.scales !== scales || built.mode !== wanted.mode) this.#resident.setScales(scales, mode);
    }
    const same =
      built?.openCase === openCase &&
      built.table === table &&
      built.scales === scales &&
      built.mode === wanted.mode &&
      built.regionSet === regionSet;
    if (!same) {
      this.#built = wanted;
      const chosen = choosePath(openCase.source, channels, this.gpu.maxBindingBytes);
      useStore.getState().pathChosen(chosen.path, chosen.reason);
      this.#addUp();
    }
    return this.#resident;
  }

  /** Words for drawing; where the device cannot hold them, labels are drawn from the palette instead. */
  async #packWords(resident: ResidentCase): Promise<void> {
    try {
      await resident.ensureBitmap();
    } catch (error) {
      if (!resident.indices || !(error instanceof Error)) throw error;
      const store = useStore.getState();
      store.setView({ drawFrom: "label-first" });
      store.problemRaised(`${error.message} Drawing goes on from the palette (label-first).`);
    }
  }

  async #bringImage(openCase: OpenCase): Promise<void> {
    if (this.#imageOf === openCase) return;
    if (this.#image) {
      // The viewer must not draw from what was just given back.
      this.onChange(this.#resident, null);
      this.#image.dispose();
      this.#image = null;
    }
    this.#imageOf = openCase;
    const { image } = openCase;
    if (!image) return;
    const grid: Grid = sourceGrid(openCase.source);
    if (!sameGrid(image.grid, grid) && !spacesMeet(image.grid, grid)) return;
    this.#image = await createResidentImage(this.gpu, image, grid, this.#abort.signal);
    if (this.#disposed) this.#image.dispose();
  }

  #release(): void {
    this.#resident?.dispose();
    this.#image?.dispose();
    this.#resident = null;
    this.#image = null;
    this.#built = null;
    this.#counted = null;
    this.#histogram = null;
    this.#imageOf = null;
  }
}
