/** Unpacking of gzip files with several members, and damage to them. */
import { describe, expect, it } from "vitest";
import { InputError } from "../../base/errors.ts";
import { randomFrom } from "../../base/random.ts";
import { countsOf, labelsOf, open } from "../testing/opening.ts";
import { bgzip, gzipMembers, inParts } from "../testing/write-gzip.ts";
import { concat, gzip, inputFile, writeNifti } from "../testing/write-nifti.ts";
import { NRRD_VALUES, writeNrrd } from "../testing/write-nrrd.ts";
import { openBytes, readBytes, readHead } from "./byte-source.ts";
import { crc32 } from "./crc32.ts";
import { unpackMembers } from "./gzip-members.ts";
import { storedBytes } from "./stored-bytes.ts";

/** Alternates between data that pack to half and data that do not pack. */
function noise(length: number): Uint8Array<ArrayBuffer> {
  const random = randomFrom(7);
  return Uint8Array.from({ length }, (_, i) => random() * (i % 5000 < 2500 ? 16 : 256));
}
const BYTES = noise(300_000);
const LABELS = Uint8Array.from({ length: 200_000 }, (_, i) => Math.floor(i / 40_000));

/** Unpacks as after a refusal by the browser; Node would not refuse. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const source = await openBytes(inputFile("x.gz", bytes));
  const chunks: Uint8Array[] = [];
  for await (const chunk of unpackMembers(source, storedBytes(source))) chunks.push(chunk);
  return concat(chunks);
}
const refusal = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const error: unknown = await unpacked(bytes).catch((reason: unknown) => reason);
  return error instanceof InputError ? error.message : `not refused: ${String(error).slice(0, 80)}`;
};
/** Fast comparison; comparing element by element takes seconds. */
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

describe("unpackMembers", () => {
  it.each<[string, Uint8Array<ArrayBuffer>, Uint8Array]>([
    ["one member", gzip(BYTES), BYTES],
    ["blocks of bgzip and its empty last one", bgzip(BYTES), BYTES],
    ["two members", gzipMembers([BYTES.subarray(0, 100_001), BYTES.subarray(100_001)]), BYTES],
    ["an empty member first", gzipMembers([new Uint8Array(0), BYTES]), BYTES],
    ["zeros after the last", concat([gzip(BYTES), new Uint8Array(70_000)]), BYTES],
    ["three zeros after the last", concat([gzip(BYTES), new Uint8Array(3)]), BYTES],
    ["zeros after bgzip", concat([bgzip(BYTES), new Uint8Array(512)]), BYTES],
    ["long runs", bgzip(new Uint8Array(3_000_000)), new Uint8Array(3_000_000)],
    ["nothing at all", gzip(new Uint8Array(0)), new Uint8Array(0)],
  ])("unpacks %s", async (_, packed, expected) => {
    expect(same(await unpacked(packed), expected)).toBe(true);
  });

  it("unpacks members of any length, also if read pieces end within them", async () => {
    for (const most of [1, 7, 400, 16_383, 16_384, 131_072]) {
      const bytes = BYTES.subarray(0, Math.min(200_000, 1000 * most));
      expect(same(await unpacked(gzipMembers(inParts(bytes, most))), bytes)).toBe(true);
    }
  });

  it("unpacks members with names, comments and long extra fields", async () => {
    const member = gzip(BYTES.subarray(0, 1000));
    const extra = new Uint8Array(60_000).fill(7);
    const head = Uint8Array.of(
      0x1f,
      0x8b,
      8,
      4 + 8 + 16,
      0,
      0,
      0,
      0,
      0,
      3,
      extra.length & 255,
      extra.length >>> 8,
    );
    const text = new TextEncoder().encode("a name\0a comment\0");
    const second = concat([head, extra, text, member.subarray(10)]);
    const bytes = concat([BYTES.subarray(0, 1000), BYTES.subarray(0, 1000)]);
    expect(same(await unpacked(concat([member, second])), bytes)).toBe(true);
  });

  const packed = bgzip(BYTES);
  const flipped = (at: number) => packed.map((byte, i) => (i === at ? byte ^ 0x10 : byte));
  const lengthOfFirst = (packed[16] ?? 0) + 256 * (packed[17] ?? 0) + 1;
  it.each<[string, Uint8Array<ArrayBuffer>, RegExp]>([
    ["a wrong check sum of the first member", flipped(lengthOfFirst - 7), /gzip data are damaged/],
    ["a wrong length of the first member", flipped(lengthOfFirst - 3), /gzip data are damaged/],
    ["a wrong check sum of the only one", flippedEnd(gzip(BYTES), 6), /gzip data are damaged/],
    ["a wrong length of the only one", flippedEnd(gzip(BYTES), 4), /gzip data are damaged/],
    [
      "a wrong check sum before zeros",
      concat([flippedEnd(gzip(BYTES), 6), new Uint8Array(99)]),
      /gzip data are damaged/,
    ],
    ["a cut last member", gzipMembers([BYTES, BYTES]).slice(0, -5000), /gzip data end too early/],
    ["a cut trailer", gzipMembers([BYTES.subarray(0, 1000), BYTES]).slice(0, -6), /gzip data are damaged/],
    [
      "a header alone after the first",
      concat([gzip(BYTES), gzip(BYTES).subarray(0, 10)]),
      /gzip data end too early/,
    ],
    [
      "half a header after the first",
      concat([gzip(BYTES), gzip(BYTES).subarray(0, 5)]),
      /follows its gzip data/,
    ],
    [
      "text after the last",
      concat([gzip(BYTES), new TextEncoder().encode("the end")]),
      /follows its gzip data.*compress it again/,
    ],
    ["one byte after the last", concat([gzip(BYTES), Uint8Array.of(1)]), /follows its gzip data/],
    [
      "something after zeros",
      concat([gzip(BYTES), new Uint8Array(99), Uint8Array.of(1)]),
      /follows its gzip data/,
    ],
  ])("refuses %s", async (_, bytes, message) => {
    expect(await refusal(bytes)).toMatch(message);
  });

  it("refuses every flipped bit of small members, except for a few without meaning", async () => {
    const small = gzipMembers([noise(40), noise(60)]);
    const whole = concat([noise(40), noise(60)]);
    const second = gzip(noise(40)).length;
    // Flags, time, system and name in a header do not affect the data.
    const headers = [0, second].flatMap((at) => [3, 4, 5, 6, 7, 8, 9].map((byte) => at + byte));
    let unused = 0;
    for (const at of small.keys()) {
      if (headers.includes(at)) continue;
      for (let bit = 0; bit < 8; bit++) {
        const bytes = small.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte));
        const result = await unpacked(bytes).catch(() => null);
        // Padding bits have no meaning, nor does the repeated length of stored data.
        if (result && same(result, whole)) unused++;
        else expect(result, `byte ${at}, bit ${bit}`).toBeNull();
      }
    }
    expect(unused).toBeLessThan(50);
  });

  it("reads thousands of members of a few bytes", async () => {
    const bytes = noise(20_000);
    expect(same(await unpacked(gzipMembers(inParts(bytes, 5))), bytes)).toBe(true);
  });
});

function flippedEnd(bytes: Uint8Array<ArrayBuffer>, fromEnd: number): Uint8Array<ArrayBuffer> {
  return bytes.map((byte, i) => (i === bytes.length - fromEnd ? byte ^ 1 : byte));
}

describe("files of several members", () => {
  const nifti = writeNifti({ dims: [100, 50, 40], values: LABELS });
  const counts = [0, 1, 2, 3, 4].map((value) => [value, 40_000]);

  it.each([
    ["bgzip", bgzip(nifti)],
    ["put together", gzipMembers(inParts(nifti, 70_000))],
    ["followed by zeros", concat([gzip(nifti), new Uint8Array(4096)])],
  ])("open: %s", async (_, bytes) => {
    expect(countsOf(labelsOf(await open([inputFile("a.nii.gz", bytes)])))).toEqual(counts);
  });

  it("open as the voxels of an NRRD file", async () => {
    const whole = writeNrrd();
    const packed = gzip(Uint8Array.from(NRRD_VALUES)).length;
    const parts = gzipMembers(inParts(Uint8Array.from(NRRD_VALUES), 5));
    const bytes = concat([whole.subarray(0, whole.length - packed), parts]);
    const { palette } = labelsOf(await open([inputFile("a.nrrd", bytes)]));
    expect([...palette]).toEqual([0, 1, 2, 3]);
  });

  it("give their first bytes, and report every byte as read once", async () => {
    const source = await openBytes(inputFile("a.nii.gz", gzipMembers(inParts(nifti, 100))));
    expect(same(await readHead(source, 5000), nifti.subarray(0, 5000))).toBe(true);
    let counted = 0;
    const count = (bytes: number) => {
      counted += bytes;
    };
    for await (const chunk of readBytes(source, count)) expect(chunk.length).toBeGreaterThan(0);
    expect(counted).toBe(source.blob.size);
  });

  it("of 67 MB are read, although their last four bytes give only the last member's length", async () => {
    const dim = [3, 512, 512, 257, 1, 1, 1, 1];
    const bytes = new Uint8Array(352 + 512 * 512 * 257);
    bytes.set(writeNifti({ dims: [1, 1, 1], values: [1], spoil: { dim } }).subarray(0, 352));
    for (const packed of [bgzip(bytes), gzipMembers(inParts(bytes, 60_000_000))]) {
      const volume = labelsOf(await open([inputFile("a.nii.gz", packed)]));
      expect(countsOf(volume)).toEqual([[0, 512 * 512 * 257]]);
    }
  });
});

it("crc32 follows the standard, whole or in parts of any length", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
  for (let length = 1; length < 40; length++) {
    const bytes = noise(length);
    const trailer = new DataView(gzip(bytes).slice(-8).buffer);
    expect(crc32(bytes)).toBe(trailer.getUint32(0, true));
    for (let at = 0; at <= length; at++) {
      expect(crc32(bytes.subarray(at), crc32(bytes.subarray(0, at)))).toBe(trailer.getUint32(0, true));
    }
  }
});
