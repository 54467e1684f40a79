/**
 * The page's side of the comparison worker. A worker that has answered is kept for the next job: starting one
 * takes its own device and pipelines, and ending one holds up the page's next frame for most of a second on a
 * software adapter.
 */
import type { SweepPoint } from "../benchmark/sweep.ts";
import type { CompareReply, CompareRequest, CompareResults, DeviceMemory } from "./benchmark-protocol.ts";
import { postInParts } from "./source-parts.ts";

export interface CompareListeners {
  onProgress?(progress: { readonly fraction: number; readonly step: string }): void;
  onPoint?(point: SweepPoint): void;
}

/** There is no GPU for the worker, or it was lost on the way: what does without may go on without. */
export class NoGpuError extends Error {
  override readonly name = "NoGpuError";
}

/** A worker that was told to stop and has not answered by then is ended. */
const STOP_MS = 3000;

/** A worker that has nothing to do. */
let idle: Worker | null = null;

let memory: DeviceMemory = { peakBytes: 0, largestBytes: 0 };

/** The most that the device of any finished job held. */
export const comparisonMemory = (): DeviceMemory => memory;

/**
 * Runs one job in a worker of its own.
 * @throws NoGpuError, or Error, with one sentence when the job fails; DOMException AbortError when the signal
 * fires.
 */
export function compareInWorker<K extends keyof CompareResults>(
  request: Extract<CompareRequest, { kind: K }>,
  listeners: CompareListeners,
  signal: AbortSignal,
): Promise<CompareResults[K]> {
  if (signal.aborted) return Promise.reject(signal.reason);
  const worker = idle ?? startWorker();
  idle = null;
  return new Promise<CompareResults[K]>((resolve, reject) => {
    let stopping: ReturnType<typeof setTimeout> | null = null;
    const stop = () => {
      reject(signal.reason);
      worker.postMessage({ kind: "stop" } satisfies CompareRequest);
      stopping = setTimeout(() => worker.terminate(), STOP_MS);
    };
    const settle = (reusable: boolean) => {
      signal.removeEventListener("abort", stop);
      if (stopping !== null) clearTimeout(stopping);
      if (reusable && !idle) idle = worker;
      else worker.terminate();
    };
    signal.addEventListener("abort", stop, { once: true });
    worker.onerror = (event) => {
      settle(false);
      reject(new Error(event.message || "The comparison worker could not start."));
    };
    worker.onmessage = ({ data }: MessageEvent<CompareReply>) => {
      if (data.kind === "progress" || data.kind === "point") {
        // A worker that was told to stop may have more to say before it hears of it.
        if (signal.aborted) return;
        if (data.kind === "progress") listeners.onProgress?.(data);
        else listeners.onPoint?.(data.point);
      } else if (data.kind === "error") {
        settle(data.reusable);
        reject(data.noGpu ? new NoGpuError(data.message) : new Error(data.message));
      } else {
        settle(true);
        // The reply answers this worker's only request, so it has that request's result type.
        memory = {
          peakBytes: Math.max(memory.peakBytes, data.gpu.peakBytes),
          largestBytes: Math.max(memory.largestBytes, data.gpu.largestBytes),
        };
        resolve(data.result as CompareResults[K]);
      }
    };
    const asked: CompareRequest = request;
    if (asked.kind === "verify") {
      // Stopping was told to the worker already.
      postInParts(worker, asked, signal).catch((error: unknown) => {
        if (!signal.aborted) reject(error);
      });
    } else worker.postMessage(request);
  });
}

function startWorker(): Worker {
  return new Worker(new URL("./benchmark.worker.ts", import.meta.url), {
    type: "module",
    name: "comparison",
  });
}
