/**
 * Unpacks gzip files that the browser refuses: those with several members in a row (from bgzip, or files that
 * were put together), and those with zeros at the end.
 */
import { Gunzip } from "fflate";
import { InputError } from "../../base/errors.ts";
import { crc32 } from "./crc32.ts";
import { endWithoutZeros, type Next, readSlice, type StoredFile } from "./stored-bytes.ts";

/**
 * Packed bytes that fflate gets at once. It calls itself for each member that ends among them, and a member
 * takes 20 bytes or more, so this limits how deep the calls go.
 */
const PIECE_BYTES = 1 << 14;
/**
 * Bytes that are kept of what fflate was given last: once it has come to the header of the next member, the
 * trailer of the one before is looked for among them.
 */
const KEPT_BYTES = 1 << 17;
const TRAILER_BYTES = 8;

/** Of fflate's error codes. */
const UNEXPECTED_END = 0;
const NO_GZIP_HEADER = 6;

const COPY_AGAIN = "Copy or download it again";

/**
 * The unpacked bytes of all members. fflate finds where a member ends but does not read its trailer, so the
 * check sum and the length of each are compared here.
 *
 * @throws InputError where a member is damaged or cut short, or where the last is followed by something that
 *   is neither a member nor zeros
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
      // What follows the last member is looked at from the end of the file.
      if (codeOf(error) === NO_GZIP_HEADER) return false;
      throw codeOf(error) === UNEXPECTED_END ? cutShort(file) : damaged(file);
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

/** Whether a file begins as gzip files do. */
export function isGzip({ start }: Pick<StoredFile, "start">): boolean {
  return start[0] === 0x1f && start[1] === 0x8b && start[2] === 8;
}

/** Check sum and length of the member that is being unpacked, against its trailer. */
class MemberCheck {
  readonly #file: string;
  #crc = 0;
  #length = 0;
  /** The last bytes of the file that were handed on, and where in it they end. */
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

  /** @param offset in the file, where the header of the next member begins */
  end(offset: number): void {
    const to = this.#kept.length - (this.#keptTo - offset);
    const trailer = this.#kept.subarray(Math.max(0, to - TRAILER_BYTES), Math.max(0, to));
    if (!isEqual(trailer, this.#trailer())) throw damaged(this.#file);
    this.#crc = 0;
    this.#length = 0;
  }

  /**
   * It is not known where the last member ends, but what stands there is: its trailer, then nothing but
   * zeros.
   */
  async endOfFile(stored: StoredFile): Promise<void> {
    const { file, blob } = stored;
    const trailer = this.#trailer();
    const significant = trailer.subarray(0, trailer.findLastIndex((byte) => byte !== 0) + 1);
    const to = await endWithoutZeros(stored);
    const found = await readSlice(file, blob, Math.max(0, to - significant.length), to);
    if (!isEqual(found, significant)) throw includes(this.#kept, trailer) ? followed(file) : damaged(file);
    if (blob.size - to < TRAILER_BYTES - significant.length) throw cutShort(file);
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

export function cutShort(file: string): InputError {
  return new InputError(file, "its gzip data end too soon, so the file was cut short or damaged", COPY_AGAIN);
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
