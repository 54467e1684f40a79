/** How gzip files that the browser refuses are read a second time. */
import { describe, expect, it } from "vitest";
import { gzipMembers, inParts } from "../testing/write-gzip.ts";
import { concat, inputFile } from "../testing/write-nifti.ts";
import { openBytes } from "./byte-source.ts";
import { unpackGzip } from "./gzip.ts";
import { type Next, storedBytes } from "./stored-bytes.ts";

const BYTES = Uint8Array.from({ length: 90_000 }, (_, i) => ((i + 1) * 2654435761) >>> 11);
const PACKED = gzipMembers(inParts(BYTES, 40_000));

/**
 * Simulates a browser that yields `given` bytes, then refuses what follows the first member. Node would
 * continue.
 */
const givesUpAfter = (given: number, error: Error) =>
  async function* (next: Next) {
    await next();
    yield BYTES.subarray(0, given >> 1);
    yield BYTES.subarray(given >> 1, given);
    throw error;
  };
const JUNK = new TypeError("Junk found after end of compressed data.");

async function unpacked(
  bytes: Uint8Array<ArrayBuffer>,
  unpackFirst: Parameters<typeof unpackGzip>[2],
  read?: () => Next,
): Promise<Uint8Array> {
  const source = await openBytes(inputFile("x.gz", bytes));
  const chunks: Uint8Array[] = [];
  for await (const chunk of unpackGzip(source, read ?? (() => storedBytes(source)), unpackFirst)) {
    chunks.push(chunk);
  }
  return concat(chunks);
}

describe("gzip data that the browser refuses", () => {
  it.each([0, 1, 20_000, 39_999, 40_000])("are read on after its first %i bytes", async (given) => {
    const all = await unpacked(PACKED, givesUpAfter(given, JUNK));
    expect(Buffer.compare(all, BYTES)).toBe(0);
  });

  it("are read a second time, whatever the browser's message is", async () => {
    const all = await unpacked(PACKED, givesUpAfter(100, new Error("Extra bytes past the end.")));
    expect(Buffer.compare(all, BYTES)).toBe(0);
  });

  it("are refused without a second reading if they end too early", async () => {
    let reads = 0;
    const read = (): Next => {
      reads++;
      return () => Promise.resolve(null);
    };
    const truncated = givesUpAfter(100, new TypeError("Compressed input was truncated."));
    await expect(unpacked(PACKED, truncated, read)).rejects.toThrow("x.gz: its gzip data end too early");
    expect(reads).toBe(1);
  });

  it("pass on an error of the reading itself", async () => {
    const reason = new DOMException("stop", "AbortError");
    let reads = 0;
    const read = (): Next => {
      reads++;
      return () => Promise.reject(reason);
    };
    await expect(unpacked(PACKED, givesUpAfter(0, JUNK), read)).rejects.toBe(reason);
    expect(reads).toBe(1);
  });
});
