import { errorMessage, InputError } from "../base/errors.ts";
import type { Reordering } from "../domain/reader/reorder.ts";
import type { ImageVolume } from "../domain/volume/image-volume.ts";
import type { Source } from "../domain/volume/palette-volume.ts";
import type { InputFile, Opened, OpenOptions, Progress } from "../formats/intake/open.ts";

/** What the page asks of the reader's worker; one job at a time. */
export type ReaderRequest =
  | { readonly kind: "open"; readonly files: readonly InputFile[]; readonly options: OpenOptions }
  | {
      readonly kind: "reorder";
      /** Null where it stays as it is, as of the image. */
      readonly source: Source | null;
      readonly image: ImageVolume | null;
      readonly ofSource: Reordering;
      readonly ofImage: Reordering;
    };

/** What was sent. */
export interface Reordered {
  readonly source: Source | null;
  readonly image: ImageVolume | null;
}

export type ReaderReply =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "opened"; readonly opened: Opened }
  | { readonly kind: "reordered"; readonly reordered: Reordered }
  | { readonly kind: "failed"; readonly failure: Failure };

/** An error as it crosses from worker to page: structured clones keep no classes. */
export interface Failure {
  readonly input: { readonly file: string; readonly problem: string; readonly remedy: string } | null;
  readonly message: string;
}

export function failureOf(error: unknown): Failure {
  const message = errorMessage(error);
  if (!(error instanceof InputError)) return { input: null, message };
  const { file, problem, remedy } = error;
  return { input: { file, problem, remedy }, message };
}

export function errorOf({ input, message }: Failure): Error {
  return input ? new InputError(input.file, input.problem, input.remedy) : new Error(message);
}

/** Every large buffer of a result, to be handed over rather than copied. */
export function buffersOf(source: Source | null, image: ImageVolume | null): ArrayBuffer[] {
  const arrays = [
    ...(source?.kind === "labels" ? [source.volume.indices] : []),
    ...(source?.kind === "masks" ? source.stack.planes : []),
    ...(image ? [image.data] : []),
  ];
  return [...new Set(arrays.map(({ buffer }) => buffer))].filter((buffer) => buffer instanceof ArrayBuffer);
}
