/**
 * Verifies in the background that the packed and per-channel paths give the same targets for the open case.
 */
import { busyWhile } from "../../app/busy.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { verifiedArrived } from "../../state/actions/gpu-actions.ts";
import { selectRegionSet, selectRegionTable, selectScales } from "../../state/case/case-selectors.ts";
import { measuring } from "../../state/slices/benchmark-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";
import { benchmarkInWorker } from "../../workers/benchmark.ts";

/** Idle time before the check: it must not slow down anyone who is looking around or editing. */
const REST_MS = 1500;

/**
 * Largest source checked automatically, because it is copied to the worker. Larger ones are checked by a
 * benchmark or a report.
 */
const AUTOMATIC_SOURCE_BYTES = 64 << 20;

export class BackgroundVerification {
  #abort: AbortController | null = null;
  #rest: ReturnType<typeof setTimeout> | null = null;
  #disposed = false;
  readonly #unsubscribe: readonly (() => void)[];

  constructor() {
    this.#unsubscribe = [
      watch(
        (s) => [s.regionVoxels, s.verified, s.path, s.definition],
        () => this.#stop(),
      ),
      // A benchmark needs the machine to itself.
      useStore.subscribe(
        (s) => measuring(s) !== null,
        (isMeasuring) => (isMeasuring ? this.#stop() : this.consider()),
      ),
    ];
  }

  dispose(): void {
    this.#disposed = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#stop();
  }

  /** Cancels the check, because its case has changed or a benchmark starts. */
  #stop(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#endRest();
  }

  #endRest(): void {
    if (this.#rest !== null) clearTimeout(this.#rest);
    this.#rest = null;
  }

  /**
   * Checks the open case after the idle time, if it has been counted but not checked. Called after every
   * draw.
   */
  consider(): void {
    if (this.#abort || this.#disposed) return;
    this.#endRest();
    this.#rest = setTimeout(() => {
      this.#rest = null;
      this.#start();
    }, REST_MS);
  }

  #start(): void {
    const state = useStore.getState();
    const { openCase, regionVoxels, verified, mode, path, gpu } = state;
    const regionSet = selectRegionSet(state);
    if (gpu.status !== "ready" || !openCase || !regionSet || !regionVoxels || verified || !path) return;
    if (bytesOf(openCase.source) > AUTOMATIC_SOURCE_BYTES) return;
    if (state.busy > 0 || state.loading || measuring(state)) {
      this.consider();
      return;
    }
    const scales = selectScales(state);
    const channels = regionSet.regions.length;
    const abort = new AbortController();
    this.#abort = abort;
    const job = {
      source: openCase.source,
      table: selectRegionTable(state),
      channels,
      scales,
      mode,
      path,
      amount: "sample" as const,
    };
    const check = async () => {
      const { mismatches, extent } = await benchmarkInWorker({ kind: "verify", job }, {}, abort.signal);
      if (!abort.signal.aborted) verifiedArrived(mismatches, extent);
    };
    // A failed check gives no result; a benchmark reports the reason.
    busyWhile(check).catch(() => undefined);
  }
}

function bytesOf(source: Source): number {
  const arrays = source.kind === "labels" ? [source.volume.indices] : source.stack.bitPlanes;
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
