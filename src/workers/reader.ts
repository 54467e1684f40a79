import { changesNothing, type Reordering } from "../domain/reader/reorder.ts";
import type { ImageVolume } from "../domain/volume/image-volume.ts";
import type { Source } from "../domain/volume/palette-volume.ts";
import type { InputFile, Opened, OpenOptions, Progress } from "../formats/intake/open.ts";
import { errorOf, type ReaderReply, type ReaderRequest } from "./reader-protocol.ts";

/** A worker that has nothing to do; kept, as starting one takes longer than reading a small file. */
let idle: Worker | null = null;

function startWorker(): Worker {
  return new Worker(new URL("./reader.worker.ts", import.meta.url), { type: "module", name: "reader" });
}

/** Starts the worker ahead of the first opening. */
export function prepareReader(): void {
  idle ??= startWorker();
}

/**
 * `openFiles` in a worker. Aborting ends the worker at once, whatever it is doing.
 * @throws InputError as `openFiles`; the signal's reason when aborted
 */
export async function openInWorker(
  files: readonly InputFile[],
  options: OpenOptions,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Opened> {
  const reply = await ask({ kind: "open", files, options }, onProgress, signal);
  if (reply.kind !== "opened") throw new Error(`The reader answered "${reply.kind}".`);
  return reply.opened;
}

/**
 * Turns the volumes of a case in a worker into those that another reader, or other plans, would give. Sends
 * copies, so that the case that is open stays whole if this is aborted. A volume that stays as it is comes
 * back as the same object.
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
  const reply = await ask({ kind: "reorder", ...sent, ofSource, ofImage }, () => {}, signal);
  if (reply.kind !== "reordered") throw new Error(`The reader answered "${reply.kind}".`);
  return { source: reply.reordered.source ?? source, image: reply.reordered.image ?? image };
}

function ask(
  request: ReaderRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<ReaderReply> {
  signal.throwIfAborted();
  const worker = idle ?? startWorker();
  idle = null;
  return new Promise<ReaderReply>((resolve, reject) => {
    const release = (end: "keep" | "end") => {
      signal.removeEventListener("abort", abort);
      worker.onmessage = null;
      worker.onerror = null;
      if (end === "keep" && !idle) idle = worker;
      else worker.terminate();
    };
    const abort = () => {
      release("end");
      reject(signal.reason);
    };
    signal.addEventListener("abort", abort, { once: true });
    worker.onmessage = ({ data }: MessageEvent<ReaderReply>) => {
      if (data.kind === "progress") {
        onProgress(data.progress);
        return;
      }
      release("keep");
      if (data.kind === "failed") reject(errorOf(data.failure));
      else resolve(data);
    };
    worker.onerror = (event) => {
      release("end");
      reject(new Error(`The reader stopped: ${event.message || "it could not be started"}`));
    };
    try {
      worker.postMessage(request);
    } catch (error) {
      release("end");
      reject(error);
    }
  });
}
