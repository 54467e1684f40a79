/** Keeps side B of the Compare view on the GPU while it is shown, and counts the overlap of both sides. */
import { workInBackground } from "../../app/busy.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { overlapCounts } from "../../domain/analysis/overlap-counts.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import { comparedDrawn, compareResultArrived } from "../../state/actions/compare-actions.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";
import { ResidentCase } from "../../targets/resident/resident-case.ts";
import { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import { selectCompareQuery } from "./compare-selectors.ts";
import { useCompare } from "./compare-state.ts";

/** Targets of a comparison, beside those of the case. */
export interface DrawnSides {
  /** Drawn in place of the case, with the channels that only B has; null to draw the case. */
  readonly own: ResidentTargets | null;
  readonly other: ResidentTargets | null;
}

/** One side, with what was uploaded for it alone. */
interface BuiltSide {
  /** Null if the side is drawn from the case's own data. */
  readonly resident: ResidentCase | null;
  readonly targets: ResidentTargets;
}

/** GPU data of one comparison. */
interface Built {
  readonly query: CompareQuery;
  /** The case with the channels that only B has; null if there are none. */
  readonly a: BuiltSide | null;
  /** Null if the case's own targets are both sides. */
  readonly b: BuiltSide | null;
}

/** What is made, or being made. */
interface Asked {
  readonly query: CompareQuery;
  readonly shown: ResidentTargets;
  /** True if side A is drawn in place of the case. */
  readonly own: boolean;
}

const NO_SIDES: DrawnSides = { own: null, other: null };

export class CompareSync {
  #shown: ResidentTargets | null;
  #built: Built | null = null;
  #asked: Asked | null = null;
  #work = new AbortController();
  readonly #unsubscribe: () => void;

  constructor(
    shown: ResidentTargets,
    readonly onSides: (sides: DrawnSides) => void,
  ) {
    this.#shown = shown;
    this.#unsubscribe = watch(
      (s) => [selectCompareQuery(s), s.pooling],
      () => this.#follow(),
    );
    this.#follow();
  }

  /** What to draw instead of the case and as B; nothing while it does not match the case. */
  get sides(): DrawnSides {
    const [built, shown] = [this.#built, this.#shown];
    if (!built || !shown) return NO_SIDES;
    const own = built.a?.targets ?? null;
    const other = built.b?.targets ?? null;
    const fits = !built.b?.resident || (own ?? shown).resident.channels === built.query.channels;
    return fits ? { own, other } : NO_SIDES;
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
    useCompare.setState({ failed: null });
    this.#give(null);
  }

  /** Switches drawing to the new sides before the previous ones are released. */
  #give(built: Built | null): void {
    const before = this.#built;
    this.#built = built;
    if (before || built) this.onSides(this.sides);
    comparedDrawn(built?.query ?? null);
    if (before) release(before);
  }

  #follow(): void {
    const shown = this.#shown;
    const query = selectCompareQuery(useStore.getState());
    // A step through another comparison is over, and would keep the labels of a closed case.
    const { step } = useCompare.getState();
    if (step && step.query !== query) useCompare.setState({ step: null });
    if (!shown) return;
    const asked = this.#asked;
    const own = query !== null && needsOwn(query, shown);
    // Another pooling makes another side A, if that is not the case as shown.
    const isSameOwn = own === (asked?.own ?? false) && (!own || shown === asked?.shown);
    if (query === (asked?.query ?? null) && isSameOwn) return;
    this.#work.abort();
    this.#work = new AbortController();
    this.#asked = query && { query, shown, own };
    useCompare.setState({ failed: null });
    const built = this.#built;
    // The case itself shows edited regions meanwhile.
    if (built?.a && query && !isSameTable(built.query.a.table, query.a.table)) this.#give(null);
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
    const sides: BuiltSide[] = [];
    try {
      const a = needsOwn(query, shown) ? await add(sides, ownSide(shown, query)) : null;
      signal.throwIfAborted();
      const b = query.kind === "scale" ? null : await add(sides, otherSide(shown, query));
      signal.throwIfAborted();
      for (const { targets } of sides) {
        if (targets.needsBitmap) await targets.ensureBitmap();
        signal.throwIfAborted();
      }
      this.#give({ query, a, b });
    } catch (error) {
      for (const side of sides) releaseSide(side);
      if (!signal.aborted) {
        useCompare.setState({ failed: query });
        this.#give(null);
      }
      throw error;
    }
  }
}

/** True if the case, as it is on the GPU, has other channels than the comparison. */
function needsOwn({ kind, a, channels }: CompareQuery, { resident }: ResidentTargets): boolean {
  if (kind === "scale" || kind === "mode") return false;
  return a.source.kind === "labels" ? a.table !== resident.table : channels !== resident.channels;
}

function isSameTable(one: RegionTable | null, other: RegionTable | null): boolean {
  return (
    one?.channels === other?.channels &&
    one?.bits.length === other?.bits.length &&
    (one?.bits.every((word, i) => word === other?.bits[i]) ?? true)
  );
}

async function add(sides: BuiltSide[], made: BuiltSide | Promise<BuiltSide>): Promise<BuiltSide> {
  const side = await made;
  sides.push(side);
  return side;
}

/** The case with all channels of the comparison; labels are on the GPU already. */
async function ownSide(shown: ResidentTargets, { a, channels }: CompareQuery): Promise<BuiltSide> {
  const { source, table } = a;
  const resident =
    source.kind === "labels"
      ? ResidentCase.over(shown.resident, table, channels)
      : await ResidentCase.create(shown.resident.gpu, { source, table, channels });
  return { resident, targets: new ResidentTargets(resident, a.targets, shown.pooling) };
}

async function otherSide(shown: ResidentTargets, { kind, b, channels }: CompareQuery): Promise<BuiltSide> {
  const { source, table, targets } = b;
  const { gpu } = shown.resident;
  const resident = kind === "mode" ? null : await ResidentCase.create(gpu, { source, table, channels });
  return { resident, targets: new ResidentTargets(resident ?? shown.resident, targets) };
}

function release({ a, b }: Built): void {
  for (const side of [a, b]) if (side) releaseSide(side);
}

function releaseSide({ resident, targets }: BuiltSide): void {
  targets.dispose();
  resident?.dispose();
}

async function count(query: CompareQuery, signal: AbortSignal): Promise<void> {
  const { a, b, channels } = query;
  if (useStore.getState().compareResult?.query === query) return;
  const counts = await inTimeSlices(overlapCounts(a, b, channels), { signal });
  if (!signal.aborted) compareResultArrived(query, counts);
}
