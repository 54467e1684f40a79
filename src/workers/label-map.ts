/** Makes label maps in a worker, on the page's side. The worker keeps its result until it is ended. */
import type { Triple } from "../domain/geometry/grid.ts";
import type { LabelMap } from "../domain/masks/label-map.ts";
import type { MaskStack } from "../domain/volume/palette-volume.ts";
import { WorkerClient } from "./client.ts";
import type { LabelMapNews, LabelMapRequest, LabelMapResults } from "./label-map-protocol.ts";

/**
 * Bytes, of all masks together, that one task of the page copies and that lie beside the masks until the
 * worker has taken them.
 */
const PART_BYTES = 4 << 20;

export class LabelMapWorker {
  readonly #client = new WorkerClient<LabelMapRequest, LabelMapResults, LabelMapNews>({
    start: () =>
      new Worker(new URL("./label-map.worker.ts", import.meta.url), { type: "module", name: "label map" }),
    name: "The worker for label maps",
    isKept: true,
  });
  readonly #signal: AbortSignal;

  /** @param signal ends the worker, whatever it is doing */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    this.#client.prepare();
    signal.addEventListener("abort", () => this.#client.dispose(), { once: true });
  }

  /**
   * Sends the masks part by part, so that the open case stays intact and the worker never holds all of them.
   * @param onProgress fraction done, 0..1
   * @throws Error with one sentence when they need too many labels; the signal's reason when aborted
   */
  async plan(
    { names, grid, bitPlanes }: MaskStack,
    onProgress: (fraction: number) => void,
  ): Promise<LabelMap> {
    const [client, signal] = [this.#client, this.#signal];
    await client.ask({ kind: "begin", masks: names, grid }, signal);
    const length = bitPlanes[0]?.length ?? 0;
    const step = Math.max(64, Math.floor(PART_BYTES / (4 * Math.max(1, bitPlanes.length))));
    for (let from = 0; from < length; from += step) {
      const words = bitPlanes.map((bitPlane) => bitPlane.slice(from, from + step).buffer);
      await client.ask({ kind: "words", words }, signal, { transfer: words });
      onProgress(Math.min(1, (from + step) / length));
    }
    return client.ask({ kind: "plan" }, signal);
  }

  /**
   * Writes the planned map as `.nii.gz`.
   * @param transpose turned the axes of the file into those of the masks
   */
  write(file: string, transpose: Triple, onProgress: (fraction: number) => void): Promise<Blob> {
    return this.#client.ask({ kind: "write", file, transpose }, this.#signal, { onNews: onProgress });
  }
}
