/** Reads files as they are stored, slice by slice. */
import { InputError } from "../../base/errors.ts";
import { HeldBlob } from "./held-blob.ts";

/** A file as stored. */
export interface StoredFile {
  readonly file: string;
  readonly blob: Blob;
  /** The first bytes. Every read asks another process, so all code that inspects the file shares them. */
  readonly start: Uint8Array<ArrayBuffer>;
}

/** Returns the next stored bytes of a file, or null at its end. */
export type Next = () => Promise<Uint8Array<ArrayBuffer> | null>;

const SLICE_BYTES = 1 << 20;
/** Step size when searching a file from its end. */
const TAIL_BYTES = 1 << 16;

/** Requests the next slice ahead of time, so that reading overlaps with unpacking the previous slice. */
export function storedBytes({ file, blob, start }: StoredFile, firstBytes = start.length): Next {
  let at = 0;
  const slice = (): Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer> => {
    const from = at;
    if (from < start.length) {
      at = Math.min(start.length, from === 0 ? firstBytes : start.length);
      return start.subarray(from, at);
    }
    at = Math.min(blob.size, from + SLICE_BYTES);
    return readSlice(file, blob, from, at);
  };
  let ahead: ReturnType<typeof slice> | null = null;
  return async () => {
    const bytes = await (ahead ?? slice());
    ahead = at < start.length || at >= blob.size ? null : slice();
    // Ignore failures of a slice that no one may ask for.
    if (ahead instanceof Promise) ahead.catch(() => undefined);
    return bytes.length > 0 ? bytes : null;
  };
}

/** Returns the position of the zeros at the end of a file, or its size if it does not end with zeros. */
export async function endWithoutZeros({ file, blob }: StoredFile): Promise<number> {
  for (let to = blob.size; to > 0; to -= TAIL_BYTES) {
    const from = Math.max(0, to - TAIL_BYTES);
    const bytes = await readSlice(file, blob, from, to);
    const last = bytes.findLastIndex((byte) => byte !== 0);
    if (last >= 0) return from + last + 1;
  }
  return 0;
}

/** Not to be changed: they may be those of a {@link HeldBlob}. @throws InputError if they are unreadable */
export async function readSlice(
  file: string,
  blob: Blob,
  from: number,
  to: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (blob instanceof HeldBlob) return blob.held.subarray(from, to);
  try {
    return new Uint8Array(await blob.slice(from, to).arrayBuffer());
  } catch {
    // A browser reports a folder, a changed file and a vanished file in the same way.
    throw new InputError(
      file,
      "it cannot be read: it is a folder, or it was moved or changed after it was chosen",
      "Open a file, use Open folder for a folder, or choose the file again",
    );
  }
}
