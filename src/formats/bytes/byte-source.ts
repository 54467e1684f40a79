/** Reads the bytes of a file, unpacking gzip on the way. */
import { InputError } from "../../base/errors.ts";
import { bytesText } from "../../base/format-bytes.ts";
import { unpackGzip, unpackGzipSparingly } from "./gzip.ts";
import { isGzip } from "./gzip-members.ts";
import type { InputFile } from "./input-file.ts";
import { type Next, readSlice, type StoredFile, storedBytes } from "./stored-bytes.ts";

/** Receives the number of stored bytes read since the last call. */
export type CountBytes = (bytes: number) => void;

/** A file whose bytes are unpacked while reading if it is gzipped; nothing is kept in memory. */
export interface ByteSource extends StoredFile {
  readonly gzip: boolean;
  /** See {@link InputFile}. */
  readonly isFetched: boolean;
}

const START_BYTES = 1 << 17;
/** Highest ratio of deflate: 258 repeated bytes in 2 bits. */
const MAX_DEFLATE_RATIO = 1032;

/**
 * Reads the first bytes of a file.
 * @throws InputError if it is empty or unreadable
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
 * Yields the unpacked bytes, chunk by chunk.
 * @throws InputError if the file is unreadable or its gzip data are damaged
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
      // A second pass over the file counts nothing twice.
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

/** Returns the first `count` unpacked bytes, or fewer if the file has fewer. */
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
 * Compares plain files with their size, and gzip files with the most that deflate can pack into their size.
 * Also compares large promises with the unpacked size modulo 2^32 in the last four bytes of a gzip file; on a
 * mismatch, counts the unpacked bytes.
 *
 * @param neededBytes unpacked, from the start of the file to its last voxel
 */
export async function checkSize(source: ByteSource, neededBytes: number): Promise<void> {
  const { file, blob, gzip } = source;
  const most = gzip ? blob.size * MAX_DEFLATE_RATIO : blob.size;
  if (neededBytes > most) {
    throw new InputError(
      file,
      `its header promises ${bytesText(neededBytes)} but the file ${gzip ? "can hold" : "has"} only ${bytesText(most)}`,
      "It is truncated or its header is wrong: copy or convert it again",
    );
  }
  // Reading itself finds what is missing from small files. It also checks bgzip files: their last block is
  // empty, so their last four bytes say nothing.
  if (!gzip || neededBytes < 1 << 26 || most >= 2 ** 32 || isBgzip(source)) return;
  const tail = await readSlice(file, blob, blob.size - 4, blob.size);
  if (new DataView(tail.buffer).getUint32(0, true) >= neededBytes) return;
  // In a file of several members the last four bytes describe only the last one, or may be padding zeros.
  const unpacked = await unpackedBytes(source, neededBytes);
  if (unpacked < neededBytes) {
    throw new InputError(
      file,
      `its header promises ${bytesText(neededBytes)} but its gzip data end at ${bytesText(unpacked)}`,
      "It is truncated or its header is wrong: copy or convert it again",
    );
  }
}

/** Recognises files of bgzip blocks, whose first extra field is “BC”. */
function isBgzip({ start }: ByteSource): boolean {
  return ((start[3] ?? 0) & 4) !== 0 && start[12] === 0x42 && start[13] === 0x43;
}

/** Counts the unpacked bytes, up to `most`. */
async function unpackedBytes(source: ByteSource, most: number): Promise<number> {
  let bytes = 0;
  for await (const chunk of readBytes(source)) {
    bytes += chunk.length;
    if (bytes >= most) break;
  }
  return bytes;
}
