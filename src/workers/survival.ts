/** The page's side of the survival worker: one worker a job, ended when the job is done or cancelled. */
import type { RegionSurvival } from "../domain/analysis/survival.ts";
import { postInParts } from "./source-parts.ts";
import type { SurvivalReply, SurvivalRequest, SurvivalResults } from "./survival-protocol.ts";

export interface SurvivalListeners {
  onProgress?(progress: { readonly fraction: number; readonly channel: number }): void;
  /** Of a `survival` job: one region, as soon as it is known. */
  onRegion?(region: RegionSurvival): void;
}

/**
 * Runs one job in a worker of its own. The source is copied to it, so that the case that is open stays whole.
 * @throws Error with one sentence when the job fails; DOMException AbortError when the signal fires.
 */
export function survivalInWorker<K extends SurvivalRequest["kind"]>(
  request: Extract<SurvivalRequest, { kind: K }>,
  listeners: SurvivalListeners,
  signal: AbortSignal,
): Promise<SurvivalResults[K]> {
  const worker = new Worker(new URL("./survival.worker.ts", import.meta.url), {
    type: "module",
    name: `regionscope ${request.kind}`,
  });
  const regions: RegionSurvival[] = [];
  return new Promise<SurvivalResults[K]>((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    worker.onerror = (event) => reject(new Error(event.message || "The survival worker could not start."));
    worker.onmessage = ({ data }: MessageEvent<SurvivalReply>) => {
      // What was already on its way when the job was cancelled is of no use to anybody.
      if (signal.aborted) return;
      if (data.kind === "progress") listeners.onProgress?.(data);
      else if (data.kind === "region") {
        regions.push(data.region);
        listeners.onRegion?.(data.region);
      } else if (data.kind === "error") reject(new Error(data.message));
      // The reply answers this worker's only request, so it has that request's result type.
      else resolve((data.result ?? regions) as SurvivalResults[K]);
    };
    postInParts(worker, request, signal).catch(reject);
  }).finally(() => worker.terminate());
}
