/** Makes the synthetic phantom off the page's thread. */
import { type Phantom, phantom } from "../domain/phantom/phantom.ts";

self.onmessage = (event: MessageEvent<{ size: number; regions: number; seed?: number }>) => {
  const made: Phantom = phantom(event.data);
  self.postMessage(made, { transfer: [made.volume.indices.buffer] });
};
