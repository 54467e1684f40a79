/** How NIfTI files are read: types, dimensions, pairs, grids, label tables and real files. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { orientationCode, spacingMm } from "../../domain/geometry/grid.ts";
import { BYTES_PER_SAMPLE, type SampleType } from "../bytes/sample-decoder.ts";
import { countsOf, labelsOf, open, valuesOf } from "../testing/opening.ts";
import { gzip, inputFile, type NiftiOptions, writeNifti, writeNiftiPair } from "../testing/write-nifti.ts";

const fixture = (name: string) =>
  inputFile(name, new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url))));
const openOne = async (options: NiftiOptions) => open([inputFile("a.nii", writeNifti(options))]);
const types = Object.keys(BYTES_PER_SAMPLE) as SampleType[];

describe("voxels", () => {
  const VALUES = [0, 1, 2, 3, 4, 100, 100, 7, 0, 0, 0, 9];

  for (const type of types) {
    for (const littleEndian of [true, false]) {
      for (const version of [1, 2] as const) {
        it(`reads ${type}, ${littleEndian ? "little" : "big"} endian, NIfTI-${version}`, async () => {
          const options: NiftiOptions = { dims: [2, 3, 2], values: VALUES, type, littleEndian, version };
          const bytes = writeNifti(options);
          for (const content of [bytes, gzip(bytes)]) {
            const volume = labelsOf(await open([inputFile("a", content)]));
            expect(volume.grid.shape).toEqual([2, 3, 2]);
            expect(valuesOf(volume)).toEqual(VALUES);
          }
        });
      }
    }
  }

  it("reads negative and large values of each type", async () => {
    const extremes: Partial<Record<SampleType, (number | bigint)[]>> = {
      int8: [-128, -1, 127],
      uint8: [255, 0, 128],
      int16: [-32768, -1, 32767],
      uint16: [65535, 0, 32768],
      int32: [-(2 ** 31), -1, 2 ** 31 - 1],
      uint32: [2 ** 32 - 1, 0, 2 ** 31],
      int64: [-(2n ** 53n) + 1n, -1n, 2n ** 53n - 1n],
      uint64: [2n ** 53n - 1n, 0n, 2n ** 32n],
      float32: [-0.5, 1.5, 70000],
      float64: [2.5, -1e300, 614454277],
    };
    for (const [type, values] of Object.entries(extremes)) {
      for (const littleEndian of [true, false]) {
        const opened = await openOne({ dims: [3], values, type: type as SampleType, littleEndian });
        expect(valuesOf(labelsOf(opened)), type).toEqual(values.map(Number));
      }
    }
  });

  it("keeps large sparse labels in one byte per voxel", async () => {
    const values = [0, 70000, 614454277, 70000];
    const volume = labelsOf(await openOne({ dims: [4], values, type: "int32" }));
    expect([...volume.palette]).toEqual([0, 70000, 614454277]);
    expect(volume.indices).toBeInstanceOf(Uint8Array);
  });

  it("decodes across chunk borders", async () => {
    const values = Array.from({ length: 90 * 80 * 30 }, (_, i) => (i * 7919) % 1000);
    for (const littleEndian of [true, false]) {
      const bytes = writeNifti({ dims: [90, 80, 30], values, type: "float64", littleEndian });
      const volume = labelsOf(await open([inputFile("a.nii.gz", gzip(bytes))]));
      expect(volume.indices).toBeInstanceOf(Uint16Array);
      expect(valuesOf(volume)).toEqual(values);
    }
  });

  it("applies scl_slope and scl_inter, unless the slope is 0", async () => {
    const given = { dims: [3], values: [1, 2, 2] };
    expect(countsOf(labelsOf(await openOne({ ...given, slope: 2, intercept: -1 })))).toEqual([
      [1, 1],
      [3, 2],
    ]);
    expect(countsOf(labelsOf(await openOne({ ...given, slope: 0, intercept: 5 })))).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(countsOf(labelsOf(await openOne({ ...given, slope: Number.NaN })))).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(countsOf(labelsOf(await openOne({ ...given, type: "float32", slope: 0.5 })))).toEqual([
      [0.5, 1],
      [1, 2],
    ]);
  });

  it("tolerates concatenated gzip members and bytes after the last voxel", async () => {
    const bytes = writeNifti({ dims: [400], values: Array.from({ length: 400 }, (_, i) => i % 3) });
    const members = [...gzip(bytes.slice(0, 500)), ...gzip(bytes.slice(500))];
    expect(valuesOf(labelsOf(await open([inputFile("a", Uint8Array.from(members))]))).length).toBe(400);
    const longer = Uint8Array.from([...bytes, 9, 9, 9]);
    expect(valuesOf(labelsOf(await open([inputFile("a", longer)]))).length).toBe(400);
  });
});

describe("dimensions", () => {
  it("may be 1D, 2D or trailing ones, and values beyond dim[0] are ignored", async () => {
    expect(labelsOf(await openOne({ dims: [4], values: [0, 1, 2, 3] })).grid.shape).toEqual([1, 1, 4]);
    expect(labelsOf(await openOne({ dims: [2, 2], values: [0, 1, 2, 3] })).grid.shape).toEqual([1, 2, 2]);
    const five = { dims: [2, 2, 1, 1, 1], values: [0, 1, 2, 3] };
    expect(labelsOf(await openOne(five)).grid.shape).toEqual([1, 2, 2]);
    const zeros = { ...five, spoil: { dim: [4, 2, 2, 1, 1, 0, 0, 0] } };
    expect(labelsOf(await openOne(zeros)).grid.shape).toEqual([1, 2, 2]);
    const garbage = { ...five, spoil: { dim: [3, 2, 2, 1, -5, 900, 0, 0] } };
    expect(labelsOf(await openOne(garbage)).grid.shape).toEqual([1, 2, 2]);
  });
});

describe("pairs", () => {
  const options: NiftiOptions = { dims: [2, 2, 1], values: [0, 5, 5, 2], type: "int16", littleEndian: false };
  const { hdr, img } = writeNiftiPair(options);

  it.each([
    ["x.hdr", hdr, "x.img", img],
    ["x.hdr.gz", gzip(hdr), "x.img", img],
    ["x.hdr", hdr, "x.img.gz", gzip(img)],
    ["d/x.HDR", hdr, "d/x.IMG", img],
  ])("opens %s with its voxels", async (header, headerBytes, voxels, voxelBytes) => {
    const files = [inputFile(voxels, voxelBytes), inputFile(header, headerBytes)];
    for (const options of [{}, { labels: [header] }, { labels: [header, voxels] }]) {
      const opened = await open(files, options);
      expect(valuesOf(labelsOf(opened))).toEqual([0, 5, 5, 2]);
      expect(opened.image).toBeNull();
      expect(opened.notices).toEqual([]);
    }
  });

  it("are refused with the name of the missing or truncated file", async () => {
    await expect(open([inputFile("x.hdr", hdr)])).rejects.toThrow(
      /^x\.hdr: its voxels are in a separate \.img file/,
    );
    await expect(open([inputFile("x.img", img)])).rejects.toThrow(
      "x.img: it contains only voxels, and its header x.hdr is missing. Open x.hdr together with it.",
    );
    const short = [inputFile("x.hdr", hdr), inputFile("x.img", img.slice(0, 5))];
    await expect(open(short)).rejects.toThrow(
      /^x\.img: its header promises 8 bytes but the file has only 5 bytes/,
    );
  });
});

describe("grid", () => {
  const values = Array(24).fill(1);
  const dims = [2, 3, 4];
  const sform = [0, 0, 5, -10, -3, 0, 0, 20, 0, 2, 0, 30];

  it("takes the sform, with axes in the order k, j, i", async () => {
    for (const version of [1, 2] as const) {
      const { grid } = labelsOf(await openOne({ dims, values, version, sform, qform: [0, 0, 0, 1, 2, 3] }));
      expect(grid.toWorld).toEqual([5, 0, 0, -10, 0, 0, -3, 20, 0, 2, 0, 30]);
      expect(spacingMm(grid)).toEqual([5, 2, 3]);
      expect(orientationCode(grid)).toBe("PSR");
    }
  });

  it("takes the sform even if the qform has the higher code", async () => {
    const spoil = { sformCode: 1, qformCode: 2 };
    const { grid } = labelsOf(await openOne({ dims, values, sform, qform: [0, 0, 0, 1, 2, 3], spoil }));
    expect(grid.toWorld[0]).toBe(5);
  });

  it("takes the qform without an sform, with qfac", async () => {
    const half = Math.SQRT1_2;
    for (const version of [1, 2] as const) {
      for (const qfac of [1, -1, 0]) {
        // 90 degrees about z: i runs to A, j to L.
        const { grid } = labelsOf(
          await openOne({ dims, values, version, qform: [0, 0, half, 7, 8, 9], pixdim: [qfac, 1, 2, 3] }),
        );
        const z = qfac === -1 ? -3 : 3;
        const expected = [0, -2, 0, 7, 0, 0, 1, 8, z, 0, 0, 9];
        expected.forEach((value, i) => {
          expect(grid.toWorld[i]).toBeCloseTo(value, 5);
        });
      }
    }
  });

  it("takes the voxel lengths without either", async () => {
    const { grid } = labelsOf(await openOne({ dims, values, forms: "none", pixdim: [0, 1, 2, 3] }));
    expect(grid.toWorld).toEqual([0, 0, -1, 0.5, 0, 2, 0, -2, 3, 0, 0, -4.5]);
  });

  it("ignores a singular sform, with a notice", async () => {
    const opened = await openOne({ dims, values, spoil: { sformCode: 1 }, pixdim: [0, 1, Number.NaN, 0] });
    expect(opened.orientation).toBe("LAS");
    expect(opened.notices).toEqual([
      "a.nii: its sform is singular and was not used.",
      "a.nii: its voxel length NaN was replaced by 1 mm.",
      "a.nii: its voxel length 0 was replaced by 1 mm.",
    ]);
  });
});

describe("label tables", () => {
  const table = `<?xml version="1.0"?><CaretExtension><VolumeInformation Index="0"><LabelTable>
    <Label Key="1" Red="0" Green="0.5" Blue="1" Alpha="1"><![CDATA[left & right]]></Label>
    <Label Alpha='1' Blue='51' Green='0' Red='255' Key='-7'>a &amp; b &lt;c&gt;</Label>
    <Label Key="3"><![CDATA[no colour]]></Label><Label Key="nothing">x</Label><Label Key="4"/>
    </LabelTable></VolumeInformation></CaretExtension>`;

  it.each([0, 30])("gives names and colours (extension code %i)", async (code) => {
    const extensions = [
      { code: 6, text: "a comment" },
      { code, text: table },
    ];
    for (const littleEndian of [true, false]) {
      const opened = await openOne({ dims: [2], values: [0, 1], extensions, littleEndian });
      expect(opened.labelNames).toEqual([
        { value: 1, name: "left & right", color: [0, 0.5, 1] },
        { value: -7, name: "a & b <c>", color: [1, 0, 0.2] },
        { value: 3, name: "no colour", color: null },
      ]);
      expect(valuesOf(labelsOf(opened))).toEqual([0, 1]);
    }
  });

  it("damaged extensions are skipped, and the voxels are read", async () => {
    const bytes = writeNifti({ dims: [2], values: [3, 4], extensions: [{ code: 30, text: table }] });
    for (const size of [-16, 0, 7, 2 ** 30]) {
      new DataView(bytes.buffer).setInt32(352, size, true);
      const opened = await open([inputFile("a.nii", bytes)]);
      expect(valuesOf(labelsOf(opened))).toEqual([3, 4]);
      expect(opened.labelNames).toEqual([]);
    }
  });
});

describe("real files", () => {
  it.each(types)("%s.nii", async (type) => {
    const volume = labelsOf(await open([fixture(`${type}.nii`)]));
    expect(volume.grid.shape).toEqual([3, 3, 3]);
    expect(volume.counts.reduce((a, b) => a + b)).toBe(27);
  });

  it("a big-endian pair with gzip voxels, zeros beyond dim[0] and no qform or sform", async () => {
    const opened = await open([fixture("minimal.img.gz"), fixture("minimal.hdr")]);
    expect(labelsOf(opened).grid.shape).toEqual([10, 64, 64]);
    expect(spacingMm(labelsOf(opened).grid)).toEqual([3, 3, 3]);
    // ITK's placement, because nnU-Net has no reader for this ending.
    expect(opened.orientation).toBe("LPS");
  });

  it("a 2D file with an extension", async () => {
    expect(labelsOf(await open([fixture("minimal_extended_hdr.nii")])).grid.shape).toEqual([1, 8, 8]);
  });
});
