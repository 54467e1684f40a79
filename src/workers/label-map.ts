/** The page's side of the worker that makes label maps; it keeps what it made until it is ended. */
import type { Triple } from "../domain/geometry/grid.ts";
import type { LabelMap } from "../domain/masks/label-map.ts";
import type { MaskStack } from "../domain/volume/palette-volume.ts";
import type { LabelMapReply, LabelMapRequest } from "./label-map-protocol.ts";
import { errorOf } from "./reader-protocol.ts";

/**
 * Of all masks together: what is copied in one task of the page, and lies beside the masks until the worker
 * has taken it.
 */
const PART_BYTES = 4 << 20;

export class LabelMapWorker {
  readonly #worker = new Worker(new URL("./label-map.worker.ts", import.meta.url), {
    type: "module",
    name: "regionscope label map",
  });
  readonly #signal: AbortSignal;

  /** @param signal ends the worker, whatever it is doing */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#worker.terminate(), { once: true });
  }

  /**
   * Sends the masks part by part: the case that is open stays whole, and the worker never has all of them.
   * @param onProgress the part that is done, 0..1
   * @throws Error with one sentence where they need too many labels; the signal's reason when aborted
   */
  async plan({ names, grid, planes }: MaskStack, onProgress: (fraction: number) => void): Promise<LabelMap> {
    await this.#ask({ kind: "begin", masks: names, grid });
    const length = planes[0]?.length ?? 0;
    const step = Math.max(64, Math.floor(PART_BYTES / (4 * Math.max(1, planes.length))));
    for (let from = 0; from < length; from += step) {
      const words = planes.map((plane) => plane.slice(from, from + step).buffer);
      await this.#ask({ kind: "words", words }, words);
      onProgress(Math.min(1, (from + step) / length));
    }
    const reply = await this.#ask({ kind: "plan" });
    if (reply.kind !== "planned") throw new Error(`The worker answered "${reply.kind}".`);
    return reply.map;
  }

  /**
   * The `.nii.gz` of the map that was planned.
   * @param transpose what made the axes of the masks from those of their file
   */
  async write(file: string, transpose: Triple, onProgress: (fraction: number) => void): Promise<Blob> {
    const reply = await this.#ask({ kind: "write", file, transpose }, [], onProgress);
    if (reply.kind !== "written") throw new Error(`The worker answered "${reply.kind}".`);
    return reply.blob;
  }

  #ask(
    request: LabelMapRequest,
    transfer: ArrayBuffer[] = [],
    onProgress: (fraction: number) => void = () => undefined,
  ): Promise<LabelMapReply> {
    const worker = this.#worker;
    const signal = this.#signal;
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const abort = () => reject(signal.reason);
      signal.addEventListener("abort", abort, { once: true });
      const settle = (act: () => void) => {
        signal.removeEventListener("abort", abort);
        act();
      };
      worker.onerror = (event) =>
        settle(() => reject(new Error(event.message || "The worker for label maps could not start.")));
      worker.onmessage = ({ data }: MessageEvent<LabelMapReply>) => {
        if (data.kind === "progress") onProgress(data.fraction);
        else if (data.kind === "failed") settle(() => reject(errorOf(data.failure)));
        else settle(() => resolve(data));
      };
      worker.postMessage(request, { transfer });
    });
  }
}
