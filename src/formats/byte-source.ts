import { InputError } from "../domain/input-error.ts";
import type { InputFile } from "./inputs.ts";

/** Called with the bytes of the file (as stored) that were read since the last call. */
export type CountBytes = (bytes: number) => void;

/** Bytes of a file, unpacked on the way if it is a gzip file; nothing is kept. */
export interface ByteSource {
  readonly file: string;
  readonly blob: Blob;
  readonly gzip: boolean;
  /** Its first bytes as stored: every read asks another process, so these serve all that look at the file. */
  readonly start: Uint8Array<ArrayBuffer>;
}

const START_BYTES = 1 << 17;
const SLICE_BYTES = 1 << 20;
/** Of a packed file, what is unpacked to see its header. The rest would be unpacked in vain: a decompressor unpacks all it is given. */
const HEAD_PACKED_BYTES = 1 << 11;
/** The most that deflate can pack: a run of 258 bytes in 2 bits. */
const MAX_DEFLATE_RATIO = 1032;

/**
 * Looks at the first bytes of a file.
 * @throws InputError if it is empty or cannot be read
 */
export async function openBytes(input: InputFile): Promise<ByteSource> {
  const start = await readSlice(input.path, input.blob, 0, START_BYTES);
  if (start.length === 0) {
    throw new InputError(input.path, "it is empty (0 bytes)", "Copy or download it again");
  }
  const gzip = start[0] === 0x1f && start[1] === 0x8b && start[2] === 8;
  return { file: input.path, blob: input.blob, gzip, start };
}

/**
 * Unpacked bytes, chunk by chunk.
 * @throws InputError where the file cannot be read or its gzip data are damaged
 */
export function readBytes(
  source: ByteSource,
  countBytes: CountBytes = () => {},
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const next = storedBytes(source, source.start.length);
  return unpacked(source, async () => {
    signal?.throwIfAborted();
    const bytes = await next();
    if (bytes) countBytes(bytes.length);
    return bytes;
  });
}

/** What comes next of a file as it is stored, or null at its end. */
type Next = () => Promise<Uint8Array<ArrayBuffer> | null>;

/** The next slice is asked for before it is wanted, so that it is read while the one before is unpacked. */
function storedBytes({ file, blob, start }: ByteSource, firstBytes: number): Next {
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

async function* unpacked(source: ByteSource, next: Next): AsyncGenerator<Uint8Array, void, undefined> {
  let failure: unknown = null;
  if (!source.gzip) {
    for (let bytes = await next(); bytes; bytes = await next()) yield bytes;
    return;
  }

  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const bytes = await next();
          if (bytes) controller.enqueue(bytes);
          else controller.close();
        } catch (error) {
          // A decompressor replaces its source's error by one of its own, so it is remembered here.
          failure = error;
          throw error;
        }
      },
    },
    { highWaterMark: 0 },
  );
  const reader = packed.pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw failure ?? gzipError(source.file, error);
  } finally {
    await reader.cancel().catch(() => {});
  }
}

const heads = new WeakMap<ByteSource, Uint8Array<ArrayBuffer>>();

/** The first unpacked bytes: `count` of them, fewer if the file has fewer. */
export async function readHead(source: ByteSource, count: number): Promise<Uint8Array<ArrayBuffer>> {
  const known = heads.get(source);
  if (known && known.length >= count) return known.slice(0, count);
  const head = await unpackHead(source, count);
  heads.set(source, head);
  return head.slice();
}

async function unpackHead(source: ByteSource, count: number): Promise<Uint8Array<ArrayBuffer>> {
  const head = new Uint8Array(count);
  let filled = 0;
  for await (const chunk of source.gzip ? unpackedSparingly(source) : readBytes(source)) {
    const part = chunk.subarray(0, count - filled);
    head.set(part, filled);
    filled += part.length;
    if (filled === count) break;
  }
  return head.slice(0, filled);
}

/**
 * As {@link readBytes} of a packed file, but gives the decompressor more only once all is read that came of what it had:
 * a pipe would hand it the next piece at once, and it unpacks all it is given.
 */
async function* unpackedSparingly(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  const next = storedBytes(source, HEAD_PACKED_BYTES);
  const { readable, writable } = new DecompressionStream("gzip");
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  let ended = false;
  const giveMore = async (): Promise<null> => {
    const bytes = await next();
    ended = bytes === null;
    // What is wrong with the data comes out of the reader too.
    await (bytes ? writer.write(bytes) : writer.close()).catch(() => undefined);
    return null;
  };
  const feed = () => {
    const fed = giveMore();
    // Whoever has seen enough does not wait for it.
    fed.catch(() => undefined);
    return fed;
  };
  try {
    let fed = feed();
    for (let read = reader.read(); ; ) {
      const result = await (ended ? read : Promise.race([read, fed]));
      if (result === null) {
        if (!ended) fed = feed();
      } else if (result.done) {
        return;
      } else {
        yield result.value;
        read = reader.read();
      }
    }
  } catch (error) {
    throw gzipError(source.file, error);
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/**
 * Refuses a header that promises more than the file can hold, before anything is allocated for it.
 *
 * A plain file is compared with its size; a gzip file with the most that deflate can pack into its size,
 * and, if the promise is large, with the unpacked size modulo 2^32 that its last four bytes give.
 *
 * @param neededBytes unpacked, from the start of the file to its last voxel
 */
export async function checkSize(source: ByteSource, neededBytes: number): Promise<void> {
  const { file, blob, gzip } = source;
  const most = gzip ? blob.size * MAX_DEFLATE_RATIO : blob.size;
  if (neededBytes > most) {
    throw new InputError(
      file,
      `its header promises ${bytesText(neededBytes)} and the file ${gzip ? "can hold" : "has"} only ${bytesText(most)}`,
      "It was cut short or its header is wrong: copy or convert it again",
    );
  }
  // Several gzip members in a row are legal, and the last four bytes describe only the last of them:
  // small promises are left to the reading itself, which finds any shortage.
  if (!gzip || neededBytes < 1 << 26 || most >= 2 ** 32) return;
  const tail = await readSlice(file, blob, blob.size - 4, blob.size);
  const unpacked = new DataView(tail.buffer).getUint32(0, true);
  if (unpacked < neededBytes) {
    throw new InputError(
      file,
      `its header promises ${bytesText(neededBytes)} and its gzip data end at ${bytesText(unpacked)}`,
      "It was cut short or its header is wrong: copy or convert it again",
    );
  }
}

/** A number of bytes in words: "348 bytes", "1.4 MB". */
export function bytesText(bytes: number): string {
  if (bytes < 10_000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const units = ["kB", "MB", "GB", "TB", "PB"];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  const value = bytes / 1000 ** power;
  return value >= 1e6
    ? `more than a million ${units[power - 1]}`
    : `${value.toFixed(value < 10 ? 1 : 0)} ${units[power - 1]}`;
}

async function readSlice(
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

function gzipError(file: string, error: unknown): unknown {
  if (error instanceof InputError || (error instanceof DOMException && error.name === "AbortError")) {
    return error;
  }
  const message = error instanceof Error ? error.message : "";
  if (/unexpected end|truncated|premature/i.test(message)) {
    return new InputError(
      file,
      "its gzip data end too soon, so the file was cut short or damaged",
      "Copy or download it again",
    );
  }
  if (/junk|trailing/i.test(message)) {
    return new InputError(
      file,
      "something follows its gzip data, which the browser cannot skip",
      "Unpack it and compress it again with gzip",
    );
  }
  return new InputError(file, "its gzip data are damaged", "Copy or download it again");
}
