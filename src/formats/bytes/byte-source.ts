import { InputError } from "../../base/errors.ts";
import { bytesText } from "../../base/format-bytes.ts";
import { unpackGzip, unpackGzipSparingly } from "./gzip.ts";
import { isGzip } from "./gzip-members.ts";
import type { InputFile } from "./input-file.ts";
import { type Next, readSlice, type StoredFile, storedBytes } from "./stored-bytes.ts";

/** Called with the bytes of the file (as stored) that were read since the last call. */
export type CountBytes = (bytes: number) => void;

/** Bytes of a file, unpacked on the way if it is a gzip file; nothing is kept. */
export interface ByteSource extends StoredFile {
  readonly gzip: boolean;
  /** As of the {@link InputFile}. */
  readonly isFetched: boolean;
}

const START_BYTES = 1 << 17;
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
  const { path: file, blob, isFetched = false } = input;
  return { file, blob, gzip: isGzip({ start }), isFetched, start };
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
  let counted = 0;
  const read = (): Next => {
    const next = storedBytes(source);
    let at = 0;
    return async () => {
      signal?.throwIfAborted();
      const bytes = await next();
      at += bytes?.length ?? 0;
      // What is read a second time has been counted.
      if (at > counted) countBytes(at - counted);
      counted = Math.max(counted, at);
      return bytes;
    };
  };
  return source.gzip ? unpackGzip(source, read) : stored(read());
}

async function* stored(next: Next): AsyncGenerator<Uint8Array, void, undefined> {
  for (let bytes = await next(); bytes; bytes = await next()) yield bytes;
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
  for await (const chunk of source.gzip ? unpackGzipSparingly(source) : readBytes(source)) {
    const part = chunk.subarray(0, count - filled);
    head.set(part, filled);
    filled += part.length;
    if (filled === count) break;
  }
  return head.slice(0, filled);
}

/**
 * Refuses a header that promises more than the file can hold, before anything is allocated for it.
 *
 * A plain file is compared with its size, a gzip file with the most that deflate can pack into its size. A
 * large promise is also compared with the unpacked size modulo 2^32 that the last four bytes of a gzip file
 * give; where the two differ, the unpacked bytes are counted.
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
  // Small promises are left to the reading itself, which finds whatever is missing. So are files of blocks:
  // their last block is empty, so that their last four bytes say nothing.
  if (!gzip || neededBytes < 1 << 26 || most >= 2 ** 32 || isBgzip(source)) return;
  const tail = await readSlice(file, blob, blob.size - 4, blob.size);
  if (new DataView(tail.buffer).getUint32(0, true) >= neededBytes) return;
  // The last four bytes describe the last member of several, and may be zeros that follow it.
  const unpacked = await unpackedBytes(source, neededBytes);
  if (unpacked < neededBytes) {
    throw new InputError(
      file,
      `its header promises ${bytesText(neededBytes)} and its gzip data end at ${bytesText(unpacked)}`,
      "It was cut short or its header is wrong: copy or convert it again",
    );
  }
}

/** Whether a file begins as bgzip writes its blocks: the first extra field is “BC”. */
function isBgzip({ start }: ByteSource): boolean {
  return ((start[3] ?? 0) & 4) !== 0 && start[12] === 0x42 && start[13] === 0x43;
}

/** How many bytes a file unpacks to, counted up to `most`. */
async function unpackedBytes(source: ByteSource, most: number): Promise<number> {
  let bytes = 0;
  for await (const chunk of readBytes(source)) {
    bytes += chunk.length;
    if (bytes >= most) break;
  }
  return bytes;
}
