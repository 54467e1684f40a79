/**
 * Computes the shares of patches of the open case in a worker, once the page has time, and again after
 * changes.
 */
import { inBackground } from "../../app/busy.ts";
import { AFTER_OPENING, whenIdle } from "../../app/when-idle.ts";
import {
  patchSharesArrived,
  patchSharesProgressed,
  patchSourceFound,
} from "../../state/actions/patch-shares-actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { nextSharesQuery, type PatchSharesQuery } from "../../state/case/patch-shares-selectors.ts";
import { selectPatchSource } from "../../state/case/patch-source.ts";
import { isGridSettled } from "../../state/case/training-grid-selectors.ts";
import { measuring } from "../../state/slices/benchmark-slice.ts";
import { useStore } from "../../state/store.ts";
import { watch } from "../../state/watch.ts";
import { patchSharesInWorker } from "../../workers/patch-shares.ts";

/** One edit often follows another, and a worker that starts would slow down how the second shows. */
const QUIET_MS = 600;

/** Starts with the open case and follows the store. Returns a function that stops it. */
export function syncPatchShares(): () => void {
  let job: { readonly key: string; readonly abort: AbortController } | null = null;
  const end = () => {
    job?.abort.abort(new DOMException("cancelled", "AbortError"));
    job = null;
    if (useStore.getState().patchSharesProgress !== null) patchSharesProgressed(null);
  };
  const follow = () => {
    const query = wanted();
    if (query?.key === job?.key) return;
    end();
    if (!query) return;
    const abort = new AbortController();
    job = { key: query.key, abort };
    compute(query, abort.signal, () => {
      job = null;
    });
  };
  const judge = () => {
    const state = useStore.getState();
    const source = selectPatchSource(state);
    if (state.patchSource !== source) patchSourceFound(source);
  };
  const unwatch = [
    watch((s) => [selectPatchSource(s), s.patchSource], judge),
    watch((s) => [nextSharesQuery(s), mayCompute(s)], follow),
  ];
  judge();
  follow();
  return () => {
    for (const each of unwatch) each();
    end();
  };
}

function wanted(): PatchSharesQuery | null {
  const state = useStore.getState();
  return mayCompute(state) ? nextSharesQuery(state) : null;
}

/**
 * False while another grid is about to be shown, since the shares of this one may never be looked at, and
 * while a benchmark needs the machine to itself.
 */
function mayCompute(s: AppState): boolean {
  return s.loading === null && isGridSettled(s) && !measuring(s);
}

/** @param onEnd called before the result is stored, unless the signal fires */
function compute({ key, input }: PatchSharesQuery, signal: AbortSignal, onEnd: () => void): void {
  // Not `busy`: other work need not wait, and the idle signal tells that only the shares are missing.
  patchSharesProgressed(0);
  const isChange = useStore.getState().patchShares.size > 0;
  const work = async () => {
    if (isChange) await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    signal.throwIfAborted();
    await whenIdle(AFTER_OPENING);
    signal.throwIfAborted();
    const result = await patchSharesInWorker(input, patchSharesProgressed, signal);
    onEnd();
    patchSharesProgressed(null);
    patchSharesArrived(key, result);
  };
  inBackground(work, { signal });
}
