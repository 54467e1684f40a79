/** Reads files off the main thread. One job at a time; the page cancels by ending the worker. */
import { transposeImage } from "../domain/image-volume.ts";
import { transposeSource } from "../domain/palette-volume.ts";
import { openFiles, type Progress } from "../formats/open.ts";
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
  const source = transposeSource(request.source, request.axes);
  const image = request.image ? transposeImage(request.image, request.axes) : null;
  send({ kind: "transposed", transposed: { source, image } }, buffersOf(source, image));
}

self.onmessage = ({ data }: MessageEvent<ReaderRequest>) => {
  run(data).catch((error: unknown) => send({ kind: "failed", failure: failureOf(error) }));
};
