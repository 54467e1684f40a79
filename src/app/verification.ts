/** Checks in the background that the packed path and the per-channel path deliver the same targets of the open case. */
import type { Source } from "../domain/palette-volume.ts";
import { selectRegionSet, selectRegionTable, selectScales } from "../state/selectors.ts";
import { useStore } from "../state/store.ts";
import { compareInWorker } from "../workers/compare.ts";

/** Who edits regions goes on editing: the check waits until they pause, and does not slow the next edit down. */
const EDITING_PAUSE_MS = 1500;

/** The volume is copied to the worker; larger ones are checked when the user asks for a comparison or a report. */
const AUTOMATIC_SOURCE_BYTES = 64 << 20;

export class BackgroundVerification {
  #abort: AbortController | null = null;
  #pause: ReturnType<typeof setTimeout> | null = null;
  #disposed = false;
  readonly #unsubscribe: () => void;

  constructor() {
    this.#unsubscribe = useStore.subscribe(
      (s) => [s.regionVoxels, s.verified, s.path, s.definition],
      () => this.#stop(),
      { equalityFn: (a, b) => a.every((value, i) => value === b[i]) },
    );
  }

  dispose(): void {
    this.#disposed = true;
    this.#unsubscribe();
    this.#stop();
  }

  /** What was being checked is no longer what is open. */
  #stop(): void {
    this.#abort?.abort();
    this.#abort = null;
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#pause = null;
  }

  /** Starts the check of what is open, if it was counted and not checked yet: called when the page has nothing more urgent to do. */
  consider(): void {
    if (this.#abort || this.#pause !== null || this.#disposed) return;
    const { undoable, redoable } = useStore.getState();
    if (undoable.length + redoable.length === 0) {
      this.#start();
      return;
    }
    this.#pause = setTimeout(() => {
      this.#pause = null;
      this.#start();
    }, EDITING_PAUSE_MS);
  }

  #start(): void {
    const state = useStore.getState();
    const { openCase, regionVoxels, verified, mode, path, gpu } = state;
    const regionSet = selectRegionSet(state);
    if (gpu.status !== "ready" || !openCase || !regionSet || !regionVoxels || verified || !path) return;
    const scales = selectScales(state);
    const channels = regionSet.regions.length;
    if (bytesOf(openCase.source) > AUTOMATIC_SOURCE_BYTES) return;
    const abort = new AbortController();
    this.#abort = abort;
    state.workStarted();
    const job = {
      source: openCase.source,
      table: selectRegionTable(state),
      channels,
      scales,
      mode,
      path,
      amount: "sample" as const,
    };
    compareInWorker({ kind: "verify", job }, {}, abort.signal)
      .then(({ mismatches, compared }) => {
        if (!abort.signal.aborted) useStore.getState().verifiedArrived(mismatches, compared);
      })
      // A failed check is no result; the comparison says why when the user asks for it.
      .catch(() => undefined)
      .finally(() => useStore.getState().workEnded())
      .catch(() => undefined);
  }
}

function bytesOf(source: Source): number {
  const arrays = source.kind === "labels" ? [source.volume.indices] : source.stack.planes;
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
