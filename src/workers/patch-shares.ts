/** The page's side of the worker that computes shares of patches. */
import { errorMessage } from "../base/errors.ts";
import type { PatchShares, PatchSharesInput } from "../domain/patches/patch-shares.ts";
import { type SharesRefused, tooMuchForShares } from "../domain/patches/shares-limits.ts";
import { WorkerClient } from "./client.ts";
import type { PatchSharesNews, PatchSharesRequest, PatchSharesResults } from "./patch-shares-protocol.ts";
import { postInParts } from "./source-parts.ts";

const client = new WorkerClient<PatchSharesRequest, PatchSharesResults, PatchSharesNews>({
  start: () =>
    new Worker(new URL("./patch-shares.worker.ts", import.meta.url), {
      type: "module",
      name: "patch shares",
    }),
  name: "The worker for shares of patches",
});

/**
 * Computes the shares in a new worker, unless they would take too much. The source is copied in parts, so
 * that the open case stays intact.
 * @param onProgress fraction done, 0..1
 * @throws only the signal's reason when aborted; a failure is refused in words
 */
export async function patchSharesInWorker(
  job: PatchSharesInput,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<PatchShares | SharesRefused> {
  const tooMuch = tooMuchForShares(job);
  if (tooMuch !== null) return { kind: "refused", reason: tooMuch };
  onProgress(0);
  const request = { kind: "shares", job } as const;
  const post = (worker: Worker) => postInParts(worker, request, signal);
  try {
    return await client.ask(request, signal, { onNews: onProgress, post });
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "refused", reason: `Shares of patches could not be computed: ${errorMessage(error)}` };
  }
}
