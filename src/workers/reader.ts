/** The page's side of the reader worker. */
import type { AxisOrder } from "../domain/reader/file-geometry.ts";
import { changesNothing, type Reordering } from "../domain/reader/reorder.ts";
import type { NonzeroMask } from "../domain/training-grid/nonzero-mask.ts";
import type { ImageVolume } from "../domain/volume/image-volume.ts";
import type { Source } from "../domain/volume/palette-volume.ts";
import type { InputFile, OpenOptions, Progress } from "../formats/bytes/input-file.ts";
import type { Opened } from "../formats/intake/open.ts";
import { WorkerClient } from "./client.ts";
import type { ReaderNews, ReaderRequest, ReaderResults } from "./reader-protocol.ts";

/** The worker is kept, as starting one takes longer than reading a small file. */
const client = new WorkerClient<ReaderRequest, ReaderResults, ReaderNews>({
  start: () => new Worker(new URL("./reader.worker.ts", import.meta.url), { type: "module", name: "reader" }),
  name: "The reader",
  isKept: true,
});

/** Starts the worker before the first opening. */
export function prepareReader(): void {
  client.prepare();
}

/**
 * Runs `openFiles` in a worker. Aborting ends the worker at once, whatever it is doing.
 * @throws InputError like `openFiles`; the signal's reason when aborted
 */
export function openInWorker(
  files: readonly InputFile[],
  options: OpenOptions,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Opened> {
  return client.ask({ kind: "open", files, options }, signal, { onNews: onProgress });
}

/**
 * Turns the volumes of a case into those that another reader, or other plans, would give, in a worker. Sends
 * copies, so that the open case stays intact if this is aborted. A volume that does not change comes back as
 * the same object.
 */
export async function reorderInWorker(
  source: Source,
  image: ImageVolume | null,
  ofSource: Reordering,
  ofImage: Reordering,
  signal: AbortSignal,
): Promise<{ readonly source: Source; readonly image: ImageVolume | null }> {
  signal.throwIfAborted();
  const sent = {
    source: changesNothing(ofSource) ? null : source,
    image: changesNothing(ofImage) ? null : image,
  };
  if (!sent.source && !sent.image) return { source, image };
  const reordered = await client.ask({ kind: "reorder", ...sent, ofSource, ofImage }, signal);
  return { source: reordered.source ?? source, image: reordered.image ?? image };
}

/** Reorders the axes of a mask in a worker, from a copy. */
export async function reorderMaskInWorker(
  mask: NonzeroMask,
  order: AxisOrder,
  signal: AbortSignal,
): Promise<NonzeroMask> {
  return (await client.ask({ kind: "reorder-mask", mask, order }, signal)).mask;
}
