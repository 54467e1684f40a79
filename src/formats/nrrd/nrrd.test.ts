/** How NRRD files are read: segmentations, voxels, placement and refusals. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../../base/errors.ts";
import { orientationCode, spacingMm, worldFromVoxel } from "../../domain/geometry/grid.ts";
import { countsOf, labelsOf, open, valuesOf } from "../testing/opening.ts";
import { gzip, inputFile, writeNifti } from "../testing/write-nifti.ts";
import { NRRD_VALUES, type NrrdOptions, writeNrrd } from "../testing/write-nrrd.ts";

const ORGANS = new Uint8Array(readFileSync(new URL("../fixtures/organs.seg.nrrd", import.meta.url)));
/** Four axes, the first not in space. */
const WITH_LIST = { "space directions": "none (2,0,0) (0,3,0) (0,0,4)" };
const openOne = (options: NrrdOptions = {}, name = "a.nrrd") => open([inputFile(name, writeNrrd(options))]);
const seg = (pairs: Record<string, string>) => openOne({ pairs }, "a.seg.nrrd");

describe("a segmentation of 3D Slicer", () => {
  it("opens as labels, with the names and colours of its segments", async () => {
    const opened = await open([inputFile("organs.seg.nrrd", ORGANS)]);
    expect(opened.name).toBe("organs");
    expect(opened.labelNames).toEqual([
      { value: 1, name: "liver", color: [0.866667, 0.509804, 0.396078], listed: true },
      { value: 2, name: "spleen", color: [0.615686, 0.423529, 0.635294], listed: true },
      { value: 3, name: "left kidney", color: [0.831373, 0.529412, 0.403922], listed: true },
      { value: 4, name: "tumour", color: [0.0627451, 0.156863, 0.498039], listed: true },
    ]);
    expect(opened.notices).toEqual([]);
    const volume = labelsOf(opened);
    expect(volume.grid.shape).toEqual([18, 24, 28]);
    expect(spacingMm(volume.grid)).toEqual([4, 2.5, 2.5]);
    expect(countsOf(volume)).toEqual([
      [0, 9921],
      [1, 1604],
      [2, 347],
      [3, 191],
      [4, 33],
    ]);
  });

  it("is distinguished from the image beside it by its name", async () => {
    const image = writeNifti({
      dims: [28, 24, 18],
      values: Array.from({ length: 12096 }, (_, i) => i % 200),
    });
    const opened = await open([inputFile("ct.nii", image), inputFile("ct.seg.nrrd", ORGANS)]);
    expect(opened.labelNames).toHaveLength(4);
    expect(opened.image?.max).toBe(199);
  });

  it("of one segment keeps its name, and has value 1 if none is given", async () => {
    const { labelNames } = await openOne({
      bytes: Uint8Array.from(NRRD_VALUES, (value) => Math.min(value, 1)),
      pairs: { Segment0_Name: "alone", Segment0_Color: "0.5 2 0" },
    });
    expect(labelNames).toEqual([{ value: 1, name: "alone", color: null, listed: true }]);
  });

  it("adds the label to equal names of segments, and unescapes names", async () => {
    const { labelNames } = await seg({
      Segment0_Name: "rib",
      Segment0_LabelValue: "1",
      Segment1_Name: "rib",
      Segment1_LabelValue: "2",
      Segment2_Name: "a\\\\b",
      Segment2_LabelValue: "3",
    });
    expect(labelNames.map(({ name }) => name)).toEqual(["rib (1)", "rib (2)", "a\\b"]);
  });
});

describe("voxels", () => {
  it.each([
    ["gzip", {}],
    ["raw", { fields: { encoding: "raw" } }],
    ["lines that end as on Windows", { lineEnd: "\r\n" }],
    ["fields in other capitals", { fields: { encoding: null, Encoding: "GZIP", space: "LPS" } }],
    [
      "a list of one",
      { fields: { dimension: "4", sizes: "1 2 3 2", kinds: "list domain domain domain", ...WITH_LIST } },
    ],
  ] satisfies [string, NrrdOptions][])("are read: %s", async (_, options) => {
    const volume = labelsOf(await openOne(options));
    expect(volume.grid.shape).toEqual([2, 3, 2]);
    expect(valuesOf(volume)).toEqual(NRRD_VALUES);
  });

  it.each(["little", "big"])("are read with their %s end first", async (endian) => {
    const bytes = new Uint8Array(24);
    NRRD_VALUES.forEach((value, i) => {
      new DataView(bytes.buffer).setInt16(2 * i, value * 500 - 700, endian === "little");
    });
    const volume = labelsOf(await openOne({ bytes, fields: { type: "short", endian } }));
    expect(valuesOf(volume)).toEqual(NRRD_VALUES.map((value) => value * 500 - 700));
  });

  it("may be an image beside labels", async () => {
    const label = inputFile("case_seg.nrrd", writeNrrd());
    const grey = inputFile(
      "case_0000.nrrd",
      writeNrrd({ bytes: Uint8Array.from(NRRD_VALUES, (v) => 9 * v) }),
    );
    const opened = await open([grey, label]);
    expect([opened.image?.min, opened.image?.max]).toEqual([0, 27]);
    expect(valuesOf(labelsOf(opened))).toEqual(NRRD_VALUES);
  });
});

describe("place in the patient", () => {
  it.each([
    ["left-posterior-superior", "LPS", [-10, -20, 30]],
    ["right-anterior-superior", "RAS", [10, 20, 30]],
    ["LAS", "LAS", [-10, 20, 30]],
  ])("is read from the space %s", async (space, orientation, origin) => {
    const opened = await openOne({ fields: { space } });
    expect(opened.orientation).toBe(orientation);
    const { grid } = labelsOf(opened);
    expect(spacingMm(grid)).toEqual([4, 3, 2]);
    expect(worldFromVoxel(grid, [0, 0, 0])).toEqual(origin);
  });

  it("takes lengths as mm whatever unit the header gives, as ITK does", async () => {
    const { grid } = labelsOf(await openOne({ fields: { "space units": '"microns" "microns" "microns"' } }));
    expect(spacingMm(grid)).toEqual([4, 3, 2]);
  });

  it("takes spacings if there are no directions", async () => {
    const fields = { space: null, "space directions": null, "space origin": null, spacings: "2 3 4" };
    const opened = await openOne({ fields });
    const { grid } = labelsOf(opened);
    expect([spacingMm(grid), orientationCode(grid)]).toEqual([[4, 3, 2], "LPS"]);
    expect([opened.notices, opened.geometry?.labels.unoriented]).toEqual([[], true]);
  });

  it.each([
    [{ "axis mins": "10 20 30" }, [-11, -21.5, 32]],
    [{ "axis mins": "10 20 30", centerings: "cell node ???" }, [-11, -20, 32]],
    [{ axismins: "10 20 30", centers: "node node node" }, [-10, -20, 30]],
    [{ "axis mins": "10 20 nan" }, [0, 0, 0]],
    [{ "axis mins": "10 20 30", centerings: "node node node", spacings: null }, [0, 0, 0]],
    [{ "axis mins": "10 20 30", "space origin": "(1,2,3)" }, [-1, -2, 3]],
  ])("takes axis mins if there are no directions, as ITK does: %j", async (given, origin) => {
    const none = { space: null, "space directions": null, "space origin": null };
    const { grid } = labelsOf(await openOne({ fields: { ...none, spacings: "2 3 4", ...given } }));
    expect(worldFromVoxel(grid, [0, 0, 0]).map((mm) => mm + 0)).toEqual(origin);
  });

  it.each([
    { space: null, "space directions": null, kinds: null },
    { space: null, "space directions": null, spacings: "nan nan nan" },
    { "space directions": null, "space origin": null },
    { space: "scanner-xyz", "space directions": null },
  ])("is in voxels of 1 mm with a notice if the voxel size is missing: %j", async (fields) => {
    const { notices } = await openOne({ fields });
    expect(notices).toEqual(["a.nrrd: it has no voxel size; voxels of 1 mm were assumed, as in 3D Slicer."]);
  });
});

const spoiled = (fields: NrrdOptions["fields"]) => writeNrrd({ fields });

const BAD: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>, message: RegExp])[] = [
  [
    "fractions",
    writeNrrd({ pairs: { Segmentation_MasterRepresentation: "Fractional labelmap" } }),
    /is a fractional segmentation, not a binary labelmap/,
  ],
  ["cut in the header", ORGANS.slice(0, 900), /header has no end, so the file is truncated/],
  [
    "cut after the header",
    spoiled({}).slice(0, -gzip(Uint8Array.from(NRRD_VALUES)).length),
    /voxels are missing/,
  ],
  ["cut in the voxels", ORGANS.slice(0, -100), /gzip data end too early/],
  [
    "too few raw voxels",
    spoiled({ encoding: "raw", sizes: "2 3 3" }),
    /promises 18 bytes but the file has only 12/,
  ],
  ["too few packed voxels", spoiled({ sizes: "2 3 3" }), /voxels end too early \(12 bytes of 18 bytes\)/],
  ["a promise of 64 GB", spoiled({ sizes: "4000 4000 4000" }), /promises 64 GB but the file can hold only/],
  ["raw where gzip is promised", fakeGzip(), /gzip data are damaged/],
  ["voxels in another file", spoiled({ "data file": "a.raw.gz" }), /separate file \(a\.raw\.gz\)/],
  ["another type", spoiled({ type: "block" }), /its data type “block” is not supported/],
  ["no type", spoiled({ type: null }), /header has no “type” field/],
  ["no byte order", spoiled({ type: "short" }), /header has no “endian” field/],
  ["bzip2", spoiled({ encoding: "bzip2" }), /its encoding “bzip2” is not supported, only raw and gzip/],
  ["no encoding", spoiled({ encoding: null }), /header has no “encoding” field/],
  [
    "bytes to skip",
    spoiled({ "byte skip": "-1" }),
    /skips a part of the data \(“line skip” or “byte skip”\)/,
  ],
  ["sizes that are not valid", spoiled({ sizes: "2 0 3" }), /header is damaged \(dimension 3, sizes 2 0 3\)/],
  ["another number of sizes", spoiled({ dimension: "4" }), /header is damaged \(dimension 4/],
  [
    "directions in one plane",
    spoiled({ "space directions": "(1,0,0) (1,0,0) (0,0,1)" }),
    /do not span a volume/,
  ],
  [
    "colours",
    spoiled({ dimension: "4", sizes: "3 2 2 1", kinds: "RGB-color domain domain domain", ...WITH_LIST }),
    /contains 3 numbers per voxel/,
  ],
  ["packed as a whole", gzip(writeNrrd()), /compressed as a whole/],
];

function fakeGzip(): Uint8Array<ArrayBuffer> {
  const raw = writeNrrd({ fields: { encoding: "raw " } });
  return new TextEncoder().encode(
    new TextDecoder("latin1")
      .decode(raw.slice(0, -30))
      .replace("raw ", "gzip")
      .concat("0123456789012345678901234"),
  );
}

describe("an NRRD file that cannot be read", () => {
  it.each(BAD)("%s: one sentence with file, cause and remedy", async (_, bytes, message) => {
    const error: unknown = await open([inputFile("x.nrrd", bytes)]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    if (!(error instanceof InputError)) return;
    expect(error.message).toMatch(message);
    expect(error.message).toBe(`x.nrrd: ${error.problem}. ${error.remedy}.`);
    expect(error.message).not.toMatch(/\n/);
  });
});
