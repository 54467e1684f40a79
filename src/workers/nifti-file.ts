/** Writes label volumes as NIfTI files in a worker, on the page's side. */
import type { WrittenLabels } from "../formats/nifti/nifti-writer.ts";
import { WorkerClient } from "./client.ts";
import type { NiftiFileNews, NiftiFileRequest, NiftiFileResults } from "./nifti-file-protocol.ts";

/** Bytes that one task of the page copies. */
const PART_BYTES = 4 << 20;

/**
 * Writes a `.nii.gz`. The voxels are copied to the worker in parts, so that the open case stays intact and no
 * task takes long.
 * @param onProgress fraction done, 0..1
 * @throws InputError if the format does not allow the volume; the signal's reason when aborted
 */
export async function writeInWorker(
  { indices, ...labels }: WrittenLabels,
  file: string,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Blob> {
  const client = new WorkerClient<NiftiFileRequest, NiftiFileResults, NiftiFileNews>({
    start: () =>
      new Worker(new URL("./nifti-file.worker.ts", import.meta.url), { type: "module", name: "NIfTI file" }),
    name: "The worker for NIfTI files",
    isKept: true,
  });
  try {
    const bytesPerVoxel = indices instanceof Uint8Array ? 1 : 2;
    await client.ask({ kind: "begin", labels, bytesPerVoxel, bytes: indices.byteLength }, signal);
    const step = PART_BYTES / bytesPerVoxel;
    for (let from = 0; from < indices.length; from += step) {
      const bytes = indices.slice(from, from + step).buffer;
      const at = from * bytesPerVoxel;
      await client.ask({ kind: "part", at, bytes }, signal, { transfer: [bytes] });
    }
    return await client.ask({ kind: "write", file }, signal, { onNews: onProgress });
  } finally {
    client.dispose();
  }
}
