/** Writes a label volume as a compressed NIfTI file, off the page's thread. The page ends it. */
import { paced } from "../base/paced.ts";
import { type WrittenLabels, writeLabels } from "../formats/nifti/nifti-writer.ts";
import type { NiftiFileNews, NiftiFileRequest, NiftiFileResults } from "./nifti-file-protocol.ts";
import { serve } from "./serve.ts";

const NEWS_MS = 100;

interface Begun {
  readonly labels: Omit<WrittenLabels, "indices">;
  readonly bytesPerVoxel: 1 | 2;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

let begun: Begun | null = null;

async function answer(
  request: NiftiFileRequest,
  report: (fraction: NiftiFileNews) => void,
): Promise<NiftiFileResults[keyof NiftiFileResults]> {
  if (request.kind === "begin") {
    const { labels, bytesPerVoxel, bytes } = request;
    begun = { labels, bytesPerVoxel, bytes: new Uint8Array(bytes) };
    return null;
  }
  if (!begun) throw new Error("A file has to be begun first.");
  if (request.kind === "part") {
    begun.bytes.set(new Uint8Array(request.bytes), request.at);
    return null;
  }
  const { labels, bytesPerVoxel, bytes } = begun;
  begun = null;
  const indices = bytesPerVoxel === 1 ? bytes : new Uint16Array(bytes.buffer);
  const isTime = paced(NEWS_MS);
  return writeLabels({ ...labels, indices }, request.file, (fraction) => isTime() && report(fraction));
}

serve(answer);
