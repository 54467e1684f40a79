/** Reads files off the main thread. One job at a time; the page cancels by ending the worker. */
import { reorderImage, reorderSource } from "../domain/reader/reorder.ts";
import { transposeMask } from "../domain/training-grid/nonzero-mask.ts";
import type { Progress } from "../formats/bytes/input-file.ts";
import { openFiles } from "../formats/intake/open.ts";
import { buffersOf, type ReaderRequest, type ReaderResults } from "./reader-protocol.ts";
import { serve } from "./serve.ts";

const PROGRESS_EVERY_MS = 40;

/** Forwards the first progress of each step, then at most one per interval. */
function thinned(report: (progress: Progress) => void): (progress: Progress) => void {
  let step = "";
  let sentMs = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const nowMs = performance.now();
    if (progress.step === step && nowMs - sentMs < PROGRESS_EVERY_MS) return;
    step = progress.step;
    sentMs = nowMs;
    report(progress);
  };
}

async function answer(
  request: ReaderRequest,
  report: (progress: Progress) => void,
): Promise<ReaderResults[keyof ReaderResults]> {
  if (request.kind === "open") return openFiles(request.files, request.options, thinned(report));
  if (request.kind === "reorder-mask") {
    const { axes, backwards } = request.order;
    return { mask: transposeMask(request.mask, axes, backwards) };
  }
  const source = request.source ? reorderSource(request.source, request.ofSource) : null;
  const image = request.image ? reorderImage(request.image, request.ofImage) : null;
  return { source, image };
}

serve(answer, {
  buffersOf: (result) => {
    if ("mask" in result) return buffersOf(null, null, result.mask);
    const mask = "nonzero" in result && result.nonzero.kind === "known" ? result.nonzero.mask : null;
    return buffersOf(result.source, result.image, mask);
  },
});
