/**
 * Runs benchmarks in a worker, on the page's side. Keeps a worker that has answered for the next job:
 * starting one takes a device and pipelines, and ending one delays the page's next frame by most of a second
 * on a software adapter.
 */
import type { SweepPoint } from "../benchmark/sweep.ts";
import type {
  BenchmarkNews,
  BenchmarkRequest,
  BenchmarkResults,
  DeviceMemory,
  Measured,
} from "./benchmark-protocol.ts";
import { WorkerClient } from "./client.ts";
import { postInParts } from "./source-parts.ts";

interface BenchmarkListeners {
  onProgress?(progress: { readonly fraction: number; readonly step: string }): void;
  onPoint?(point: SweepPoint): void;
}

type Results = { readonly [K in keyof BenchmarkResults]: Measured<BenchmarkResults[K]> };

const client = new WorkerClient<BenchmarkRequest, Results, BenchmarkNews>({
  start: () =>
    new Worker(new URL("./benchmark.worker.ts", import.meta.url), { type: "module", name: "benchmark" }),
  name: "The benchmark worker",
  isKept: true,
  stop: { kind: "stop" },
});

let memory: DeviceMemory = { peakBytes: 0, largestBytes: 0 };

/** Gives the most that the device of any finished job held. */
export const benchmarkMemory = (): DeviceMemory => memory;

/**
 * Runs one job in a worker.
 * @throws NoGpuError or Error, with one sentence, when the job fails; DOMException AbortError when the signal
 * fires
 */
export async function benchmarkInWorker<K extends keyof BenchmarkResults>(
  request: Extract<BenchmarkRequest, { kind: K }>,
  listeners: BenchmarkListeners,
  signal: AbortSignal,
): Promise<BenchmarkResults[K]> {
  const onNews = (news: BenchmarkNews) => {
    if (news.kind === "progress") listeners.onProgress?.(news);
    else listeners.onPoint?.(news.point);
  };
  const asked: BenchmarkRequest = request;
  const post = asked.kind === "verify" && ((worker: Worker) => postInParts(worker, asked, signal));
  const { result, gpu } = await client.ask(request, signal, { onNews, ...(post && { post }) });
  memory = {
    peakBytes: Math.max(memory.peakBytes, gpu.peakBytes),
    largestBytes: Math.max(memory.largestBytes, gpu.largestBytes),
  };
  return result;
}
