/** Keeps side B of the Compare view on the GPU while it is shown, and counts the overlap of both sides. */
import { workInBackground } from "../../app/busy.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { overlapCounts } from "../../domain/analysis/overlap-counts.ts";
import { tableWithRest } from "../../domain/dataset/table-with-rest.ts";
import { compareResultArrived } from "../../state/actions/compare-actions.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";
import { ResidentCase } from "../../targets/resident/resident-case.ts";
import { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { selectCompareQuery } from "./compare-selectors.ts";

/** GPU data of one comparison. */
interface Built {
  readonly query: CompareQuery;
  /** Uploaded for B; null if B is drawn from the case's own data. */
  readonly resident: ResidentCase | null;
  readonly targets: ResidentTargets;
}

export class CompareSync {
  #shown: ResidentTargets | null;
  #built: Built | null = null;
  #asked: CompareQuery | null = null;
  #work = new AbortController();
  readonly #unsubscribe: () => void;

  constructor(
    shown: ResidentTargets,
    readonly onOther: (other: ResidentTargets | null) => void,
  ) {
    this.#shown = shown;
    this.#unsubscribe = watch(
      (s) => [selectCompareQuery(s), s.pooling],
      () => this.#follow(),
    );
    this.#follow();
  }

  /** Targets to draw B from; null while they do not match the case, and if the case itself is enough. */
  get other(): ResidentTargets | null {
    const [built, shown] = [this.#built, this.#shown];
    const fits = built && shown && built.targets.resident.channels === shown.resident.channels;
    return fits ? built.targets : null;
  }

  setCase(shown: ResidentTargets | null): void {
    const another = shown?.resident !== this.#shown?.resident;
    this.#shown = shown;
    if (another) this.#end();
    if (shown) this.#follow();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#shown = null;
    this.#end();
  }

  #end(): void {
    this.#work.abort();
    this.#asked = null;
    this.#give(null);
  }

  /** Switches drawing to the new side before the previous one is released. */
  #give(built: Built | null): void {
    const before = this.#built;
    this.#built = built;
    if (before || built) this.onOther(this.other);
    before?.targets.dispose();
    before?.resident?.dispose();
  }

  #follow(): void {
    const shown = this.#shown;
    const query = selectCompareQuery(useStore.getState());
    if (!shown || query === this.#asked) return;
    this.#work.abort();
    this.#work = new AbortController();
    this.#asked = query;
    if (!query) {
      this.#give(null);
      return;
    }
    const { signal } = this.#work;
    workInBackground(() => Promise.all([this.#bring(shown, query, signal), count(query, signal)]), {
      signal,
      sentence: (why) => `B cannot be displayed: ${why}`,
    });
  }

  async #bring(shown: ResidentTargets, query: CompareQuery, signal: AbortSignal): Promise<void> {
    if (query.kind === "scale") {
      this.#give(null);
      return;
    }
    const { source, table, targets } = query.b;
    const ofItsOwn = query.kind !== "mode";
    const { gpu } = shown.resident;
    const { channels } = shown.resident;
    // A may have labels in no region, as one more channel that B then has as well.
    const drawn =
      table && source.kind === "labels" && channels > table.channels
        ? tableWithRest(table, source.volume.palette)
        : table;
    const resident = ofItsOwn ? await ResidentCase.create(gpu, { source, table: drawn, channels }) : null;
    if (signal.aborted) {
      resident?.dispose();
      return;
    }
    const built: Built = {
      query,
      resident,
      targets: new ResidentTargets(resident ?? shown.resident, targets),
    };
    try {
      if (built.targets.needsBitmap) await built.targets.ensureBitmap();
      signal.throwIfAborted();
    } catch (error) {
      built.targets.dispose();
      resident?.dispose();
      throw error;
    }
    this.#give(built);
  }
}

async function count(query: CompareQuery, signal: AbortSignal): Promise<void> {
  const { a, b, channels } = query;
  if (useStore.getState().compareResult?.query === query) return;
  const counts = await inTimeSlices(overlapCounts(a, b, channels), { signal });
  if (!signal.aborted) compareResultArrived(query, counts);
}
