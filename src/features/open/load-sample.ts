/** Fetches the files of bundled samples. */
import { InputError } from "../../base/errors.ts";
import type { InputFile } from "../../formats/bytes/input-file.ts";
import { type BundledSampleId, SAMPLES, type SampleFile } from "./samples.ts";

/**
 * Fetches a bundled sample, ready for `openInWorker`.
 * @throws InputError if a file is missing on the server; the signal's reason when aborted
 */
export async function loadSample(id: BundledSampleId, signal: AbortSignal): Promise<InputFile[]> {
  const sample = SAMPLES.find((candidate) => candidate.id === id);
  return Promise.all((sample?.files ?? []).map((file) => loadFile(file, signal)));
}

async function loadFile({ url, path }: SampleFile, signal: AbortSignal): Promise<InputFile> {
  const response = await fetch(`${import.meta.env.BASE_URL}samples/${url}`, { signal }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      throw missing(url, error instanceof Error ? error.message : "no answer");
    },
  );
  // Some servers answer with the page itself when a file is missing.
  const isPage = response.headers.get("Content-Type")?.startsWith("text/html") ?? false;
  if (!response.ok || isPage)
    throw missing(url, response.ok ? "a web page came instead" : `${response.status}`);
  return { path, blob: await response.blob(), isFetched: true };
}

function missing(url: string, cause: string): InputError {
  return new InputError(
    `samples/${url}`,
    `this part of the sample could not be fetched (${cause})`,
    "Serve the folder samples/ next to the page, and reload",
  );
}
