/** The page's side of the counting worker, which counts regions where there is no GPU. */
import type { CpuCountJob, CpuCounts } from "../domain/analysis/cpu-counts.ts";
import { WorkerClient } from "./client.ts";
import type { CountNews, CountRequest, CountResults } from "./count-protocol.ts";

const client = new WorkerClient<CountRequest, CountResults, CountNews>({
  start: () => new Worker(new URL("./count.worker.ts", import.meta.url), { type: "module", name: "counts" }),
  name: "The counting worker",
});

/**
 * Counts in a new worker. The source is copied, so that the open case stays intact.
 * @param onProgress fraction done, 0..1
 * @throws Error with one sentence when the job fails; DOMException AbortError when the signal fires
 */
export function countInWorker(
  job: CpuCountJob,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<CpuCounts> {
  return client.ask({ kind: "count", job }, signal, { onNews: onProgress });
}
