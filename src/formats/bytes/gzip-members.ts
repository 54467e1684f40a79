/**
 * Unpacks gzip files that the browser refuses: those with several consecutive members (from bgzip, or
 * concatenated files), and those with zeros at the end.
 */
import { Gunzip } from "fflate";
import { InputError } from "../../base/errors.ts";
import { crc32 } from "./crc32.ts";
import { endWithoutZeros, type Next, readSlice, type StoredFile } from "./stored-bytes.ts";

/**
 * Packed bytes per call of fflate. It calls itself for each member that ends among them, and a member takes
 * 20 bytes or more, so this limits the depth of the recursion.
 */
const PIECE_BYTES = 1 << 14;
/**
 * Number of bytes kept of fflate's latest input. When fflate reaches the header of the next member, the
 * previous member's trailer is among them.
 */
const KEPT_BYTES = 1 << 17;
const TRAILER_BYTES = 8;

/** Error codes of fflate. */
const UNEXPECTED_END = 0;
const NO_GZIP_HEADER = 6;

const COPY_AGAIN = "Copy or download it again";

/**
 * Yields the unpacked bytes of all members. fflate finds the end of a member but does not read its trailer,
 * so this function checks the checksum and length of each.
 *
 * @throws InputError if a member is damaged or cut short, or if neither a member nor zeros follow the last
 */
export async function* unpackMembers(
  stored: StoredFile,
  next: Next,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { file } = stored;
  if (!isGzip(stored)) throw damaged(file);
  const unpacked: Uint8Array[] = [];
  const member = new MemberCheck(file);
  const gunzip = new Gunzip((chunk) => {
    if (chunk.length === 0) return;
    member.add(chunk);
    unpacked.push(chunk);
  });
  gunzip.onmember = (offset) => member.end(offset);
  /** @returns whether more may follow */
  const push = (piece: Uint8Array, isLast: boolean): boolean => {
    if (!isLast) member.keep(piece);
    try {
      gunzip.push(piece, isLast);
      return !isLast;
    } catch (error) {
      if (error instanceof InputError) throw error;
      // `endOfFile` checks, from the end of the file, what follows the last member.
      if (codeOf(error) === NO_GZIP_HEADER) return false;
      throw codeOf(error) === UNEXPECTED_END ? endsTooSoon(file) : damaged(file);
    }
  };
  for (let goesOn = true; goesOn; ) {
    const bytes = await next();
    if (!bytes) goesOn = push(new Uint8Array(0), true);
    for (let at = 0; goesOn && bytes && at < bytes.length; at += PIECE_BYTES) {
      goesOn = push(bytes.subarray(at, at + PIECE_BYTES), false);
      yield* unpacked.splice(0);
    }
  }
  yield* unpacked.splice(0);
  await member.endOfFile(stored);
}

/** Recognises a gzip file by its first bytes. */
export function isGzip({ start }: Pick<StoredFile, "start">): boolean {
  return start[0] === 0x1f && start[1] === 0x8b && start[2] === 8;
}

/** Compares checksum and length of the current member with its trailer. */
class MemberCheck {
  readonly #file: string;
  #crc = 0;
  #length = 0;
  /** The last bytes that fflate received, and their end position in the file. */
  #kept = new Uint8Array(0);
  #keptTo = 0;

  constructor(file: string) {
    this.#file = file;
  }

  add(chunk: Uint8Array): void {
    this.#crc = crc32(chunk, this.#crc);
    this.#length += chunk.length;
  }

  keep(piece: Uint8Array): void {
    const before = this.#kept.subarray(-KEPT_BYTES);
    const kept = new Uint8Array(before.length + piece.length);
    kept.set(before);
    kept.set(piece, before.length);
    this.#kept = kept;
    this.#keptTo += piece.length;
  }

  /** @param offset of the next member's header in the file */
  end(offset: number): void {
    const to = this.#kept.length - (this.#keptTo - offset);
    const trailer = this.#kept.subarray(Math.max(0, to - TRAILER_BYTES), Math.max(0, to));
    if (!isEqual(trailer, this.#trailer())) throw damaged(this.#file);
    this.#crc = 0;
    this.#length = 0;
  }

  /** The end of the last member is unknown, but its contents are: the trailer, followed only by zeros. */
  async endOfFile(stored: StoredFile): Promise<void> {
    const { file, blob } = stored;
    const trailer = this.#trailer();
    const significant = trailer.subarray(0, trailer.findLastIndex((byte) => byte !== 0) + 1);
    const to = await endWithoutZeros(stored);
    const found = await readSlice(file, blob, Math.max(0, to - significant.length), to);
    if (!isEqual(found, significant)) throw includes(this.#kept, trailer) ? followed(file) : damaged(file);
    if (blob.size - to < TRAILER_BYTES - significant.length) throw endsTooSoon(file);
  }

  #trailer(): Uint8Array {
    const trailer = new DataView(new ArrayBuffer(TRAILER_BYTES));
    trailer.setUint32(0, this.#crc, true);
    trailer.setUint32(4, this.#length % 2 ** 32, true);
    return new Uint8Array(trailer.buffer);
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function includes(bytes: Uint8Array, wanted: Uint8Array): boolean {
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (isEqual(bytes.subarray(at, at + wanted.length), wanted)) return true;
  }
  return false;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}

export function endsTooSoon(file: string): InputError {
  return new InputError(file, "its gzip data end too early, so the file is truncated or damaged", COPY_AGAIN);
}

function damaged(file: string): InputError {
  return new InputError(file, "its gzip data are damaged", COPY_AGAIN);
}

function followed(file: string): InputError {
  return new InputError(
    file,
    "something other than gzip data or zeros follows its gzip data",
    "Unpack it and compress it again with gzip",
  );
}
