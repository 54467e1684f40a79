/** Makes the synthetic phantom in a worker, on the page's side. */
import { WorkerClient } from "./client.ts";
import type { DefinedPhantom, PhantomRequest, PhantomResults } from "./phantom-protocol.ts";

const client = new WorkerClient<PhantomRequest, PhantomResults>({
  start: () =>
    new Worker(new URL("./phantom.worker.ts", import.meta.url), { type: "module", name: "phantom" }),
  name: "The phantom worker",
});

/** @throws DOMException AbortError when the signal fires. */
export function phantomInWorker(
  options: { readonly size: number; readonly regions: number },
  signal: AbortSignal,
): Promise<DefinedPhantom> {
  return client.ask({ kind: "phantom", ...options }, signal);
}
