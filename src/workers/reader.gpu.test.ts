/**
 * Reads files in a real worker of a real browser, whose decompressor and structured clones differ from
 * Node's.
 */
import { describe, expect, it } from "vitest";
import { InputError } from "../base/errors.ts";
import { labelsOf, valuesOf } from "../formats/testing/opening.ts";
import { gzip, inputFile, writeNifti } from "../formats/testing/write-nifti.ts";
import { openInWorker, prepareReader } from "./reader.ts";

const VALUES = Array.from({ length: 40 * 50 * 60 }, (_, i) => (i * 7919) % 300);
const packed = gzip(writeNifti({ dims: [40, 50, 60], values: VALUES, type: "int16", littleEndian: false }));
const open = (bytes: Uint8Array<ArrayBuffer>, signal = new AbortController().signal) =>
  openInWorker([inputFile("a.nii.gz", bytes)], {}, () => {}, signal);
const flip = (bytes: Uint8Array<ArrayBuffer>, at: number) => {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 0x55;
  return copy;
};

describe("the reader worker", () => {
  it("opens a volume", async () => {
    prepareReader();
    expect(valuesOf(labelsOf(await open(packed)))).toEqual(VALUES);
  });

  it.each([
    ["cut", packed.slice(0, packed.length >> 1), /^a\.nii\.gz: its gzip data end too early/],
    ["without trailer", packed.slice(0, -4), /^a\.nii\.gz: its gzip data end too early/],
    ["flipped", flip(packed, packed.length >> 1), /^a\.nii\.gz: its gzip data/],
    ["with a wrong check sum", flip(packed, packed.length - 6), /^a\.nii\.gz: its gzip data are damaged/],
    [
      "followed by junk",
      Uint8Array.from([...packed, 1, 2, 3]),
      /^a\.nii\.gz: something other than gzip data or zeros follows its gzip data/,
    ],
    ["empty", new Uint8Array(0), /^a\.nii\.gz: it is empty/],
  ])("refuses a file that is %s", async (_, bytes, message) => {
    const error: unknown = await open(bytes).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error).replace(/^InputError: /, "")).toMatch(message);
  });

  it("is ended by an abort and works again after it", async () => {
    const controller = new AbortController();
    const opening = open(packed, controller.signal);
    controller.abort();
    await expect(opening).rejects.toMatchObject({ name: "AbortError" });
    expect(labelsOf(await open(packed)).indices).toBeInstanceOf(Uint16Array);
  });
});
