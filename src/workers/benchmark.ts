/**
 * The page's side of the comparison worker. A worker that has answered is kept for the next job: starting one
 * takes its own device and pipelines, and ending one holds up the page's next frame for most of a second on a
 * software adapter.
 */
import type { SweepPoint } from "../benchmark/sweep.ts";
import type {
  CompareNews,
  CompareRequest,
  CompareResults,
  DeviceMemory,
  Measured,
} from "./benchmark-protocol.ts";
import { WorkerClient } from "./client.ts";
import { postInParts } from "./source-parts.ts";

export interface CompareListeners {
  onProgress?(progress: { readonly fraction: number; readonly step: string }): void;
  onPoint?(point: SweepPoint): void;
}

type Results = { readonly [K in keyof CompareResults]: Measured<CompareResults[K]> };

const client = new WorkerClient<CompareRequest, Results, CompareNews>({
  start: () =>
    new Worker(new URL("./benchmark.worker.ts", import.meta.url), { type: "module", name: "comparison" }),
  name: "The comparison worker",
  isKept: true,
  stop: { kind: "stop" },
});

let memory: DeviceMemory = { peakBytes: 0, largestBytes: 0 };

/** The most that the device of any finished job held. */
export const comparisonMemory = (): DeviceMemory => memory;

/**
 * Runs one job in a worker of its own.
 * @throws NoGpuError, or Error, with one sentence when the job fails; DOMException AbortError when the signal
 * fires.
 */
export async function compareInWorker<K extends keyof CompareResults>(
  request: Extract<CompareRequest, { kind: K }>,
  listeners: CompareListeners,
  signal: AbortSignal,
): Promise<CompareResults[K]> {
  const onNews = (news: CompareNews) => {
    if (news.kind === "progress") listeners.onProgress?.(news);
    else listeners.onPoint?.(news.point);
  };
  const asked: CompareRequest = request;
  const post = asked.kind === "verify" && ((worker: Worker) => postInParts(worker, asked, signal));
  const { result, gpu } = await client.ask(request, signal, { onNews, ...(post && { post }) });
  memory = {
    peakBytes: Math.max(memory.peakBytes, gpu.peakBytes),
    largestBytes: Math.max(memory.largestBytes, gpu.largestBytes),
  };
  return result;
}
