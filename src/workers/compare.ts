/** The page's side of the comparison worker: one worker a job, ended when the job is done or cancelled. */
import type { SweepPoint } from "../timing/sweep.ts";
import type { CompareReply, CompareRequest, CompareResults, DeviceMemory } from "./compare-protocol.ts";

export interface CompareListeners {
  onProgress?(progress: { readonly fraction: number; readonly step: string }): void;
  onPoint?(point: SweepPoint): void;
}

let memory: DeviceMemory = { peakBytes: 0, largestBytes: 0 };

/** The most that the device of any finished job held. */
export const comparisonMemory = (): DeviceMemory => memory;

/**
 * Runs one job in a worker of its own.
 * @throws Error with one sentence when the job fails; DOMException AbortError when the signal fires.
 */
export function compareInWorker<K extends CompareRequest["kind"]>(
  request: Extract<CompareRequest, { kind: K }>,
  listeners: CompareListeners,
  signal: AbortSignal,
): Promise<CompareResults[K]> {
  const worker = new Worker(new URL("./compare.worker.ts", import.meta.url), {
    type: "module",
    name: `regionscope ${request.kind}`,
  });
  return new Promise<CompareResults[K]>((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    worker.onerror = (event) => reject(new Error(event.message || "The comparison worker could not start."));
    worker.onmessage = ({ data }: MessageEvent<CompareReply>) => {
      if (data.kind === "progress") listeners.onProgress?.(data);
      else if (data.kind === "point") listeners.onPoint?.(data.point);
      else if (data.kind === "error") reject(new Error(data.message));
      // The reply answers this worker's only request, so it has that request's result type.
      else {
        memory = {
          peakBytes: Math.max(memory.peakBytes, data.gpu.peakBytes),
          largestBytes: Math.max(memory.largestBytes, data.gpu.largestBytes),
        };
        resolve(data.result as CompareResults[K]);
      }
    };
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
