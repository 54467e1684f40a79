/** The page's side of the counting worker: what counts regions where there is no GPU. */
import type { CpuCountJob, CpuCounts } from "../domain/analysis/cpu-counts.ts";
import type { CountReply, CountRequest } from "./count-protocol.ts";

/**
 * Counts in a worker of its own. The source is copied to it, so that the case that is open stays whole.
 * @param onProgress the part that is done, 0..1
 * @throws Error with one sentence when the job fails; DOMException AbortError when the signal fires.
 */
export function countInWorker(
  job: CpuCountJob,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<CpuCounts> {
  if (signal.aborted) return Promise.reject(signal.reason);
  const worker = new Worker(new URL("./count.worker.ts", import.meta.url), {
    type: "module",
    name: "regionscope counts",
  });
  return new Promise<CpuCounts>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    worker.onerror = (event) => reject(new Error(event.message || "The counting worker could not start."));
    worker.onmessage = ({ data }: MessageEvent<CountReply>) => {
      if (signal.aborted) return;
      if (data.kind === "progress") onProgress(data.fraction);
      else if (data.kind === "error") reject(new Error(data.message));
      else resolve(data.counts);
    };
    worker.postMessage(job satisfies CountRequest);
  }).finally(() => worker.terminate());
}
