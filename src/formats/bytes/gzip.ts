/** Unpacks gzip files: with the browser, which is fast, or member by member if the browser refuses. */
import { endsTooSoon, unpackMembers } from "./gzip-members.ts";
import { type Next, type StoredFile, storedBytes } from "./stored-bytes.ts";

/**
 * Packed bytes that suffice for a file's header. A decompressor unpacks all of its input, so more would be
 * wasted work.
 */
const HEAD_PACKED_BYTES = 1 << 11;

type Unpacked = AsyncGenerator<Uint8Array, void, undefined>;

/**
 * Yields unpacked bytes, chunk by chunk. Browsers refuse whatever follows the first member of a file, and do
 * not say where that begins. In that case the file is read again from its start, skipping the bytes already
 * given.
 *
 * @param read starts reading the stored file
 * @throws InputError if the gzip data are damaged, and whatever `read` throws
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
        // Remember the error, because a decompressor replaces its source's error with its own.
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
    if (isTruncated(error)) throw endsTooSoon(stored.file);
  }
  let at = 0;
  for await (const chunk of unpackMembers(stored, begin())) {
    const fresh = chunk.subarray(Math.max(0, given - at));
    at += chunk.length;
    if (fresh.length > 0) yield fresh;
  }
}

/**
 * Does what {@link unpackGzip} does for callers that need only the first bytes: reads and unpacks little
 * more.
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
 * Gives the decompressor its next piece only after all output of the previous piece was read. A pipe would
 * pass it on at once, and a decompressor unpacks all of its input.
 */
async function* unpackSparingly(next: Next): Unpacked {
  const { readable, writable } = new DecompressionStream("gzip");
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  let ended = false;
  const giveMore = async (): Promise<null> => {
    const bytes = await next();
    ended = bytes === null;
    // The reader reports errors in the data as well.
    await (bytes ? writer.write(bytes) : writer.close()).catch(() => undefined);
    return null;
  };
  const feed = () => {
    const fed = giveMore();
    // A consumer that stops early does not wait for it.
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

/** Recognises the messages of browsers and Node for a first member that ends too soon. */
function isTruncated(error: unknown): boolean {
  return error instanceof Error && /unexpected end|ended without|truncated|premature/i.test(error.message);
}
