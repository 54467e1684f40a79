/**
 * Runs survival jobs in workers, on the page's side: one worker per job, ended when the job is done or
 * cancelled.
 */
import type { RegionSurvival } from "../domain/analysis/survival.ts";
import { WorkerClient } from "./client.ts";
import { postInParts } from "./source-parts.ts";
import type { SentResults, SurvivalNews, SurvivalRequest, SurvivalResults } from "./survival-protocol.ts";

const client = new WorkerClient<SurvivalRequest, SentResults, SurvivalNews>({
  start: () =>
    new Worker(new URL("./survival.worker.ts", import.meta.url), { type: "module", name: "survival" }),
  name: "The survival worker",
});

export interface SurvivalListeners {
  onProgress?(progress: { readonly fraction: number; readonly channel: number }): void;
  /** Receives one region of a `survival` job as soon as it is known. */
  onRegion?(region: RegionSurvival): void;
}

/**
 * Runs one job in a new worker. The source is copied, so that the open case stays intact.
 * @throws Error with one sentence when the job fails; DOMException AbortError when the signal fires
 */
export async function survivalInWorker<K extends SurvivalRequest["kind"]>(
  request: Extract<SurvivalRequest, { kind: K }>,
  listeners: SurvivalListeners,
  signal: AbortSignal,
): Promise<SurvivalResults[K]> {
  const regions: RegionSurvival[] = [];
  const onNews = (news: SurvivalNews) => {
    if (news.kind === "progress") listeners.onProgress?.(news);
    else {
      regions.push(news.region);
      listeners.onRegion?.(news.region);
    }
  };
  const post = (worker: Worker) => postInParts(worker, request, signal);
  const result = await client.ask(request, signal, { onNews, post });
  return (result ?? regions) as SurvivalResults[K];
}
