/** The page's side of the worker that computes shares of patches. */
import type { PatchShares, PatchSharesInput } from "../domain/patches/patch-shares.ts";
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
 * Computes the shares in a new worker. The source is copied in parts, so that the open case stays intact.
 * @param onProgress fraction done, 0..1
 * @throws Error with one sentence when the job fails; DOMException AbortError when the signal fires
 */
export function patchSharesInWorker(
  job: PatchSharesInput,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<PatchShares> {
  const request = { kind: "shares", job } as const;
  const post = (worker: Worker) => postInParts(worker, request, signal);
  return client.ask(request, signal, { onNews: onProgress, post });
}
