/** Unpacks gzip files: by the browser, which is fast, and where it refuses one, member by member. */
import { cutShort, unpackMembers } from "./gzip-members.ts";
import { type Next, type StoredFile, storedBytes } from "./stored-bytes.ts";

/**
 * Packed bytes that are enough to see a file's header. More would be unpacked for nothing: a decompressor
 * unpacks all that it is given.
 */
const HEAD_PACKED_BYTES = 1 << 11;

type Unpacked = AsyncGenerator<Uint8Array, void, undefined>;

/**
 * Unpacked bytes, chunk by chunk. Browsers refuse whatever follows the first member of a file, and do not say
 * where that begins: then the file is read again from its start, and the bytes already given are skipped.
 *
 * @param read begins to read the file as it is stored
 * @throws InputError where the gzip data are damaged, and whatever `read` throws
 */
export async function* unpackGzip(
  stored: StoredFile,
  read: () => Next,
  unpackFirst: (next: Next) => Unpacked = unpackAtOnce,
): Unpacked {
  let unreadable: unknown = null;
  const begin = (): Next => {
    const next = read();
    return async () => {
      try {
        return await next();
      } catch (error) {
        // A decompressor replaces its source's error by one of its own, so it is remembered here.
        unreadable = error;
        throw error;
      }
    };
  };
  let given = 0;
  try {
    for await (const chunk of unpackFirst(begin())) {
      given += chunk.length;
      yield chunk;
    }
    return;
  } catch (error) {
    if (unreadable !== null) throw unreadable;
    if (isCutShort(error)) throw cutShort(stored.file);
  }
  let at = 0;
  for await (const chunk of unpackMembers(stored, begin())) {
    const fresh = chunk.subarray(Math.max(0, given - at));
    at += chunk.length;
    if (fresh.length > 0) yield fresh;
  }
}

/**
 * As {@link unpackGzip}, for whoever needs only the first bytes: little more than those is read and unpacked.
 */
export function unpackGzipSparingly(stored: StoredFile): Unpacked {
  return unpackGzip(stored, () => storedBytes(stored, HEAD_PACKED_BYTES), unpackSparingly);
}

async function* unpackAtOnce(next: Next): Unpacked {
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const bytes = await next();
        if (bytes) controller.enqueue(bytes);
        else controller.close();
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
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/**
 * Gives the decompressor its next piece only once everything is read that came of the last: a pipe would hand
 * it on at once, and a decompressor unpacks all that it is given.
 */
async function* unpackSparingly(next: Next): Unpacked {
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
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** By what browsers and Node say where a first member ends too soon. */
function isCutShort(error: unknown): boolean {
  return error instanceof Error && /unexpected end|ended without|truncated|premature/i.test(error.message);
}
