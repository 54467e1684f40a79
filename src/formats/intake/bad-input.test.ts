/** Refusals of damaged and foreign files: one sentence with file, cause and remedy. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../../base/errors.ts";
import { ANY_FORMAT } from "../../domain/reader/volume-endings.ts";
import { open } from "../testing/opening.ts";
import { gzip, inputFile, type NiftiOptions, writeNifti, writeNiftiPair } from "../testing/write-nifti.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));
const noise = Uint8Array.from({ length: 3000 }, (_, i) => ((i * 2654435761) >>> 13) & 7);
const GOOD: NiftiOptions = { dims: [10, 10, 30], values: noise };
const spoiled = (spoil: NonNullable<NiftiOptions["spoil"]>, more: Partial<NiftiOptions> = {}) =>
  writeNifti({ ...GOOD, ...more, spoil });
const text = (content: string) => new TextEncoder().encode(content);
const at = (offset: number, content: Uint8Array) => {
  const bytes = new Uint8Array(600);
  bytes.set(content, offset);
  return bytes;
};
const flipped = (bytes: Uint8Array<ArrayBuffer>, offset: number) => {
  const copy = bytes.slice();
  copy[offset] = (copy[offset] ?? 0) ^ 0x55;
  return copy;
};
const packed = gzip(writeNifti(GOOD));
/** Header of the one file in an archive, and its first bytes. */
const tar = (magic: string) => {
  const header = new Uint8Array(512);
  const put = (offset: number, content: string) => header.set(text(content), offset);
  put(0, "case/case_0000.nii.gz");
  put(100, "0000644\0");
  put(124, "00000001750\0");
  put(257, magic);
  put(148, " ".repeat(8));
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  const bytes = new Uint8Array(2048);
  bytes.set(header);
  bytes.set(packed.subarray(0, 1000), 512);
  return bytes;
};

const CASES: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>, message: RegExp])[] = [
  ["empty", new Uint8Array(0), /^x: it is empty \(0 bytes\)\. Copy or download it again\.$/],
  ["noise", fixture("not-nifti.nii"), /not a NIfTI file/],
  ["magic with a wrong header length", fixture("crash-1.nii"), /header is damaged/],
  ["text", text("hello"), new RegExp(`^x: it is a text file, not a volume in ${ANY_FORMAT}\\. Choose`)],
  ["a few bytes", Uint8Array.of(1, 2, 0, 3, 0), /not a NIfTI file \(5 bytes/],
  ["a byte", Uint8Array.of(0), /not a NIfTI file \(1 byte, but the header alone takes 348\)/],
  ["gzip of nothing", gzip(new Uint8Array(0)), /not a NIfTI file \(0 bytes/],
  ["wrong magic", spoiled({ magic: "abc\0" }), /ANALYZE 7\.5 file or its NIfTI magic is damaged/],
  [
    "wrong sizeof_hdr",
    spoiled({ sizeofHdr: 1 }),
    /header is damaged \(it gives its own length as 1, not 348\)/,
  ],
  ["cut in the header", writeNifti(GOOD).slice(0, 300), /not a NIfTI file \(300 bytes/],
  ["cut in a NIfTI-2 header", writeNifti({ ...GOOD, version: 2 }).slice(0, 500), /header is truncated/],
  ["header alone", writeNifti(GOOD).slice(0, 352), /promises 3352 bytes but the file has only 352 bytes/],
  [
    "cut in the voxels",
    writeNifti(GOOD).slice(0, -1),
    /promises 3352 bytes but the file has only 3351 bytes/,
  ],
  ["gzip cut in two", packed.slice(0, packed.length >> 1), /gzip data end too early/],
  ["gzip without its trailer", packed.slice(0, -8), /gzip data end too early/],
  [
    "gzip of cut voxels",
    gzip(writeNifti(GOOD).slice(0, -1)),
    /voxels end too early \(2999 bytes of 3000 bytes\)/,
  ],
  ["gzip with a wrong check sum", flipped(packed, packed.length - 6), /gzip data are damaged/],
  ["gzip with a flipped byte", flipped(packed, packed.length >> 1), /gzip data/],
  ["gzip twice", gzip(packed), /compressed twice with gzip/],
  ["unknown datatype", spoiled({ datatype: 7 }), /datatype 7, which NIfTI does not define/],
  ["datatype 0", spoiled({ datatype: 0 }), /datatype 0/],
  [
    "bitpix against datatype",
    spoiled({ bitpix: 16 }),
    /datatype 2 takes 8 bits per voxel, but bitpix says 16/,
  ],
  ["no dimensions", spoiled({ dim: [0, 1, 1, 1, 1, 1, 1, 1] }), /gives 0 dimensions, not 1 to 7/],
  ["eight dimensions", spoiled({ dim: [8, 1, 1, 1, 1, 1, 1, 1] }), /gives 8 dimensions/],
  ["a zero dimension", spoiled({ dim: [3, 10, 0, 30, 1, 1, 1, 1] }), /gives dimension 2 a length of 0/],
  [
    "a negative dimension",
    spoiled({ dim: [3, 10, 10, -30, 1, 1, 1, 1] }),
    /gives dimension 3 a length of -30/,
  ],
  [
    "4000³ without data",
    spoiled({ dim: [3, 4000, 4000, 4000, 1, 1, 1, 1] }, { values: [] }),
    /promises 64 GB/,
  ],
  [
    "4000³ without data, gzip",
    gzip(spoiled({ dim: [3, 4000, 4000, 4000, 1, 1, 1, 1] }, { values: [] })),
    /promises 64 GB but the file can hold only/,
  ],
  [
    "2^60 voxels of NIfTI-2, big endian",
    spoiled({ dim: [3, 2 ** 20, 2 ** 20, 2 ** 20, 1, 1, 1, 1] }, { version: 2, littleEndian: false }),
    /promises more than a million TB|promises \d+ PB/,
  ],
  [
    "voxels beyond the end",
    spoiled({ voxelOffset: 100_000 }),
    /promises 103 kB but the file has only 3352 bytes/,
  ],
  ["voxels beyond the end, gzip", gzip(spoiled({ voxelOffset: 100_000 })), /voxels end too early/],
  ["voxels at NaN", spoiled({ voxelOffset: Number.NaN }), /puts the voxels at byte NaN/],
  ["voxels before the file", spoiled({ voxelOffset: -4 }), /puts the voxels at byte -4/],
  [
    "NaN among labels",
    writeNifti({ dims: [3], values: [1, Number.NaN, Number.NaN], type: "float32" }),
    /2 voxels are not numbers/,
  ],
  [
    "infinite labels",
    writeNifti({ dims: [2], values: [1, Number.POSITIVE_INFINITY], type: "float64" }),
    /1 voxel is not a number/,
  ],
  [
    "uint64 beyond 2^53",
    writeNifti({ dims: [2], values: [1n, 2n ** 60n], type: "uint64" }),
    /64-bit integer 1\.15292e\+18, beyond 2\^53/,
  ],
  [
    "int64 beyond -2^53",
    writeNifti({ dims: [2], values: [1n, -(2n ** 53n)], type: "int64" }),
    /beyond 2\^53/,
  ],
  [
    "an infinite intercept",
    writeNifti({ ...GOOD, intercept: Number.POSITIVE_INFINITY }),
    /scaling intercept Infinity/,
  ],
  ["RGB", fixture("rgb_3D.nii"), /contains RGB colours, not labels/],
  [
    "complex numbers",
    spoiled({ datatype: 32, bitpix: 64 }, { type: "float64" }),
    /contains complex numbers, not labels/,
  ],
  ["a time series", fixture("example_nifti2.nii.gz"), /2 volumes with more than two values each/],
  ["5D without masks", fixture("5D_small.nii"), /3 volumes with more than two values each/],
  ["DICOM", at(128, text("DICM")), /is a DICOM file, which is not supported yet\. Convert it to NIfTI/],
  ["zip", at(0, text("PK\x03\x04")), /^x: it is a zip archive\. Unpack it and open the \.nii\.gz inside\.$/],
  ["zip without files", at(0, text("PK\x05\x06")), /^x: it is a zip archive\. Unpack it/],
  ["RAR", at(0, text("Rar!\x1a\x07")), /^x: it is a RAR archive\. Unpack it/],
  ["tar", tar("ustar\0"), /^x: it is a tar archive\. Unpack it and open the \.nii\.gz inside\.$/],
  ["tar without magic", tar(""), /^x: it is a tar archive\. Unpack it/],
  ["tar, compressed", gzip(tar("ustar\0")), /^x: it is a tar archive\. Unpack it/],
  [
    "NumPy's archive",
    at(0, text(`PK\x03\x04${"\0".repeat(22)}\x08\0\0\0data.npy`)),
    /^x: it contains NumPy arrays \(\.npz\), as nnU-Net writes for preprocessed cases and probabilities\. Open the label file \(\.nii\.gz\) of/,
  ],
  [
    "Blosc2",
    at(0, Uint8Array.of(0x9e, 0xa8, ...text("b2frame"))),
    /^x: it is a Blosc2 file \(\.b2nd\), as written by nnU-Net's preprocessing\. Open the label file \(\.nii\.gz\) of/,
  ],
  [
    "Zstandard",
    at(0, Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd)),
    /^x: it was compressed with Zstandard \(\.zst\)\. Unpack it and open the result\.$/,
  ],
  ["xz", at(0, Uint8Array.of(0xfd, ...text("7zXZ\0"))), /^x: it was compressed with xz\. Unpack it/],
  ["bzip2", at(0, text("BZh91AY&SY")), /^x: it was compressed with bzip2\. Unpack it/],
  [
    "7-Zip",
    at(0, Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)),
    /^x: it is a 7-Zip archive\. Unpack it/,
  ],
  [
    "pickled plans",
    at(0, Uint8Array.of(0x80, 4, 0x95, ...text("\0\0}\x8c\nnum_stages"))),
    /is a Python pickle, the format of plans of nnU-Net version 1, which is not supported/,
  ],
  [
    "another pickle",
    at(0, Uint8Array.of(0x80, 4, 0x95)),
    /is a Python pickle, which is not supported\. Choose/,
  ],
  [
    "Git LFS",
    text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n"),
    /is only a Git LFS pointer, not the file itself\. Fetch the file with git lfs pull\.$/,
  ],
  ["side file of macOS", at(0, Uint8Array.of(0, 5, 0x16, 7)), /macOS metadata file without voxels/],
  ["MGH", at(0, Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 9)), /FreeSurfer volume .*mri_convert/],
  ["PNG", at(0, Uint8Array.of(0x89, 0x50, 0x4e, 0x47)), /is a PNG picture/],
  ["a web page", text(`<!doctype html>${" ".repeat(400)}`), /is a web page or XML/],
  ["a pair's header alone", writeNiftiPair(GOOD).hdr, /separate \.img file, which is missing/],
];

describe("bad input", () => {
  it.each(CASES)("%s: one sentence with file, cause and remedy", async (_, bytes, message) => {
    const error: unknown = await open([inputFile("x", bytes)]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    if (!(error instanceof InputError)) return;
    expect(error.message).toMatch(message);
    expect(error.message).toBe(`x: ${error.problem}. ${error.remedy}.`);
    expect(error.message).not.toMatch(/\n/);
  });

  it("refuses more than 65,536 distinct values", async () => {
    const values = Float32Array.from({ length: 65_537 }, (_, i) => i / 4);
    const files = [
      inputFile(
        "ct.nii",
        writeNifti({ dims: [65_537 % 32768, 1], values: values.slice(0, 1), type: "float32" }),
      ),
    ];
    await expect(open(files)).resolves.toBeTruthy();
    const image = writeNifti({
      dims: [1, 1, 1],
      values,
      type: "float32",
      version: 2,
      spoil: { dim: [1, 65_537, 1, 1, 1, 1, 1, 1] },
    });
    await expect(open([inputFile("ct.nii", image)])).rejects.toThrow(/looks like an image, not labels/);
  });

  it("refuses a small gzip file that promises 2 GB without reading it", async () => {
    // 2 MB of incompressible data under a header that promises 1.9 GB: possible by deflate's ratio, but more
    // than the trailer says.
    const random = Uint8Array.from({ length: 2_000_000 }, (_, i) => ((i + 1) * 2654435761) >>> 11);
    const bytes = spoiled({ dim: [3, 1900, 1000, 1000, 1, 1, 1, 1] }, { values: random });
    const startMs = performance.now();
    await expect(open([inputFile("x", gzip(bytes))])).rejects.toThrow(
      /promises 1\.9 GB but (its gzip data end at 2\.0 MB|the file can hold only)/,
    );
    expect(performance.now() - startMs).toBeLessThan(3000);
  });

  it("refuses labels larger than one array can be", async () => {
    // Opening checks only the size here, so the file need not contain the promised bytes.
    const header = spoiled({ dim: [3, 2000, 2000, 2000, 1, 1, 1, 1] }, { values: [] });
    const blob = new Blob([header]);
    Object.defineProperty(blob, "size", { value: 2 ** 33 });
    await expect(open([{ path: "x", blob }])).rejects.toThrow(
      /need at least 8\.0 GB of memory, more than the browser allows/,
    );
  });

  it("refuses a folder or a file that was moved", async () => {
    const blob = new Blob(["x"]);
    const gone = () => Promise.reject(new DOMException("gone", "NotFoundError"));
    blob.slice = () => Object.assign(new Blob(), { text: gone, arrayBuffer: gone });
    await expect(open([{ path: "folder", blob }])).rejects.toThrow(
      /^folder: it cannot be read: it is a folder, or it was moved/,
    );
  });

  it("refuses an empty list of files", async () => {
    await expect(open([])).rejects.toThrow(InputError);
  });
});
