import { InputError } from "../../base/errors.ts";

/** A file as it is stored. */
export interface StoredFile {
  readonly file: string;
  readonly blob: Blob;
  /** Its first bytes: every read asks another process, so these serve all that look at the file. */
  readonly start: Uint8Array<ArrayBuffer>;
}

/** What comes next of a file as it is stored, or null at its end. */
export type Next = () => Promise<Uint8Array<ArrayBuffer> | null>;

const SLICE_BYTES = 1 << 20;
/** A file is looked at from its end in steps of this. */
const TAIL_BYTES = 1 << 16;

/** The next slice is asked for before it is wanted, so that it is read while the one before is unpacked. */
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
    // Whoever stops early asks for no more, and what fails then concerns nobody.
    if (ahead instanceof Promise) ahead.catch(() => undefined);
    return bytes.length > 0 ? bytes : null;
  };
}

/** Where the zeros begin with which a file ends; its size where it ends with another byte. */
export async function endWithoutZeros({ file, blob }: StoredFile): Promise<number> {
  for (let to = blob.size; to > 0; to -= TAIL_BYTES) {
    const from = Math.max(0, to - TAIL_BYTES);
    const bytes = await readSlice(file, blob, from, to);
    const last = bytes.findLastIndex((byte) => byte !== 0);
    if (last >= 0) return from + last + 1;
  }
  return 0;
}

/** @throws InputError where the bytes cannot be read */
export async function readSlice(
  file: string,
  blob: Blob,
  from: number,
  to: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.slice(from, to).arrayBuffer());
  } catch {
    // A browser reports a folder, a file that changed and one that vanished in the same way.
    throw new InputError(
      file,
      "it cannot be read: it is a folder, or it was moved or changed after it was chosen",
      "Open a file, use Open folder for a folder, or choose the file again",
    );
  }
}
