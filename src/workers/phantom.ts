/** The page's side of the phantom worker. */
import type { Phantom } from "../domain/phantom/phantom.ts";

/** @throws DOMException AbortError when the signal fires. */
export function phantomInWorker(
  options: { readonly size: number; readonly regions: number },
  signal: AbortSignal,
): Promise<Phantom> {
  const worker = new Worker(new URL("./phantom.worker.ts", import.meta.url), {
    type: "module",
    name: "regionscope phantom",
  });
  return new Promise<Phantom>((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    worker.onerror = (event) => reject(new Error(event.message || "The phantom worker could not start."));
    worker.onmessage = ({ data }: MessageEvent<Phantom>) => resolve(data);
    worker.postMessage(options);
  }).finally(() => worker.terminate());
}
