/** Reads files off the main thread. One job at a time; the page cancels by ending the worker. */
import { reorderImage, reorderSource } from "../domain/reader/reorder.ts";
import { openFiles, type Progress } from "../formats/intake/open.ts";
import { buffersOf, failureOf, type ReaderReply, type ReaderRequest } from "./reader-protocol.ts";

const PROGRESS_EVERY_MS = 40;

function send(reply: ReaderReply, transfer: ArrayBuffer[] = []): void {
  self.postMessage(reply, { transfer });
}

function progressSender(): (progress: Progress) => void {
  let step = "";
  let sentMs = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const nowMs = performance.now();
    if (progress.step === step && nowMs - sentMs < PROGRESS_EVERY_MS) return;
    step = progress.step;
    sentMs = nowMs;
    send({ kind: "progress", progress });
  };
}

async function run(request: ReaderRequest): Promise<void> {
  if (request.kind === "open") {
    const opened = await openFiles(request.files, request.options, progressSender());
    send({ kind: "opened", opened }, buffersOf(opened.source, opened.image));
    return;
  }
  const source = request.source ? reorderSource(request.source, request.ofSource) : null;
  const image = request.image ? reorderImage(request.image, request.ofImage) : null;
  send({ kind: "reordered", reordered: { source, image } }, buffersOf(source, image));
}

self.onmessage = ({ data }: MessageEvent<ReaderRequest>) => {
  run(data).catch((error: unknown) => send({ kind: "failed", failure: failureOf(error) }));
};
