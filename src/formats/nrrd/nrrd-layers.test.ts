/** Overlapping segments of 3D Slicer, opened as masks. */
import { describe, expect, it } from "vitest";
import { InputError } from "../../base/errors.ts";
import type { Progress } from "../bytes/input-file.ts";
import { type Opened, openFiles } from "../intake/open.ts";
import { labelsOf, open, stackOf, valuesOf } from "../testing/opening.ts";
import { type LayersOptions, type SegmentKeys, writeLayers } from "../testing/write-layers.ts";
import { inputFile, writeNifti } from "../testing/write-nifti.ts";
import { NRRD_VALUES } from "../testing/write-nrrd.ts";

const SIZES = [5, 4, 3] as const;
const VOXELS = 60;
/** Three layers, a number that does not divide the decoder's chunks: values 0 to 3, 0 or 2, 0 or 1. */
const LAYERS = [
  Array.from({ length: VOXELS }, (_, i) => i % 4),
  Array.from({ length: VOXELS }, (_, i) => (i % 3 === 0 ? 2 : 0)),
  Array.from({ length: VOXELS }, (_, i) => (i > 40 ? 1 : 0)),
];
const SEGMENTS: readonly SegmentKeys[] = [
  { Name: "a", Color: "1 0.5 0", Layer: "0", LabelValue: "3" },
  { Name: "b", Layer: "1", LabelValue: "2" },
  { Name: "c", Color: "0 1 0.25", Layer: "2", LabelValue: "1" },
  { Name: "d", Layer: "0", LabelValue: "1" },
  { Name: "empty", Layer: "2", LabelValue: "7" },
];
const write = (change: Partial<LayersOptions> = {}) =>
  writeLayers({ sizes: SIZES, layers: LAYERS, segments: SEGMENTS, ...change });
const openLayers = (change: Partial<LayersOptions> = {}) => open([inputFile("x.seg.nrrd", write(change))]);

/** Voxels of each mask. */
function masksOf(opened: Opened): boolean[][] {
  const { grid, bitPlanes } = stackOf(opened);
  const voxels = grid.shape[0] * grid.shape[1] * grid.shape[2];
  return bitPlanes.map((bitPlane) =>
    Array.from({ length: voxels }, (_, i) => (((bitPlane[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1),
  );
}
const where = (layer: number, value: number) => LAYERS[layer]?.map((other) => other === value);
const EXPECTED = [where(0, 3), where(1, 2), where(2, 1), where(0, 1), new Array<boolean>(VOXELS).fill(false)];

describe("overlapping segments", () => {
  it.each([
    ["layers of a voxel next to each other", {}],
    ["layer after layer", { axis: "last" }],
    ["two bytes a value", { type: "short" }],
    ["two bytes a value, layer after layer", { type: "short", axis: "last" }],
  ] satisfies [string, Partial<LayersOptions>][])("become one mask each: %s", async (_, change) => {
    const opened = await openLayers(change);
    const stack = stackOf(opened);
    expect(stack.names).toEqual(["a", "b", "c", "d", "empty"]);
    expect(stack.colors).toEqual([[1, 0.5, 0], null, [0, 1, 0.25], null, null]);
    expect(stack.grid.shape).toEqual([3, 4, 5]);
    expect(masksOf(opened)).toEqual(EXPECTED);
    expect([opened.name, opened.labelNames, opened.notices]).toEqual(["x", [], []]);
  });

  it.each(["first", "last"] as const)("of many voxels are read in pieces, on the %s axis", async (axis) => {
    const sizes = [101, 97, 41] as const;
    const random = (seed: number) =>
      Array.from({ length: 101 * 97 * 41 }, (_, i) => ((i * seed) >>> 7) % (seed % 5));
    const layers = [random(7919), random(104_723), random(1_299_709)];
    const segments = [0, 1, 2].map((layer) => ({ Name: `s${layer}`, Layer: `${layer}`, LabelValue: "1" }));
    const masks = masksOf(await openLayers({ sizes, layers, segments, axis }));
    for (const [i, values] of layers.entries()) {
      expect(values.findIndex((value, voxel) => (value === 1) !== masks[i]?.[voxel])).toBe(-1);
    }
  });

  it("keep the order of their numbers, and equal names get the number", async () => {
    const segments = Array.from({ length: 12 }, (_, i) => ({
      Name: i < 2 ? "rib" : `s${i}`,
      Layer: `${i % 3}`,
      LabelValue: "1",
    }));
    const { names } = stackOf(await openLayers({ segments }));
    expect(names).toEqual(["rib (1)", "rib (2)", ...Array.from({ length: 10 }, (_, i) => `s${i + 2}`)]);
  });

  it("without Layer and LabelValue are value 1 of one layer each, as before 3D Slicer 4.11", async () => {
    const opened = await openLayers({ segments: [{ Name: "a" }, { Color: "0 0 1" }, { LabelValue: "x" }] });
    expect(stackOf(opened).names).toEqual(["a", "segment 2", "segment 3"]);
    expect(masksOf(opened)).toEqual([where(0, 1), where(1, 1), where(2, 1)]);
  });

  it("with the same layer and value are the same mask twice", async () => {
    const again = { Name: "again", Layer: "0", LabelValue: "3" };
    const masks = masksOf(await openLayers({ segments: [...SEGMENTS, again] }));
    expect(masks[5]).toEqual(where(0, 3));
    expect(masks[0]).toEqual(where(0, 3));
  });

  it("keep their names even if dataset.json has as many, and open with their image", async () => {
    const values = Array.from({ length: VOXELS }, (_, i) => i);
    const opened = await open([
      inputFile("ct.nii", writeNifti({ dims: SIZES, values })),
      inputFile("ct.seg.nrrd", write()),
      inputFile("dataset.json", '{"labels": {"background": 0, "v": 1, "w": 2, "x": 3, "y": 4, "z": 5}}'),
    ]);
    expect(stackOf(opened).names[0]).toBe("a");
    expect(opened.image?.max).toBe(59);
    expect(opened.notices).toEqual([]);
  });

  it("in one layer open as labels", async () => {
    const opened = await openLayers({ layers: [NRRD_VALUES], sizes: [2, 3, 2], segments: [{ Name: "a" }] });
    expect(valuesOf(labelsOf(opened))).toEqual(NRRD_VALUES);
    expect(opened.labelNames).toEqual([{ value: 1, name: "a", color: null, listed: true }]);
  });

  it.each([
    [
      "kinds, space and directions",
      { kinds: null, space: null, "space directions": null, "space origin": null },
      [expect.stringMatching(/^x\.seg\.nrrd: it has no voxel size; voxels of 1 mm were assumed/)],
    ],
    ["kinds", { kinds: null }, []],
  ])("without %s have their layers on the first axis", async (_, fields, notices) => {
    const opened = await openLayers({ fields, segments: SEGMENTS.slice(0, 3) });
    expect(masksOf(opened)).toEqual(EXPECTED.slice(0, 3));
    expect(opened.notices).toEqual(notices);
  });

  it("without kinds and names, as in a published example, are numbered", async () => {
    const masks = [where(0, 1), where(2, 1)];
    const opened = await openLayers({
      layers: [LAYERS[0] ?? [], LAYERS[2] ?? []],
      fields: { kinds: null, space: null, "space directions": null },
      segments: [{ Extent: "0 4 0 3 0 2" }, { Extent: "0 4 0 3 0 2" }],
    });
    expect(stackOf(opened).names).toEqual(["segment 1", "segment 2"]);
    expect(masksOf(opened)).toEqual(masks);
  });

  it("without kinds have their layers on the axis whose direction is none", async () => {
    const opened = await openLayers({ axis: "last", fields: { kinds: null } });
    expect(masksOf(opened)).toEqual(EXPECTED);
  });

  it("are refused as an image", async () => {
    const file = inputFile("x.seg.nrrd", write());
    await expect(
      open([inputFile("l.nii", writeNifti({ dims: SIZES, values: LAYERS[0] ?? [] })), file], {
        labels: ["l.nii"],
        image: "x.seg.nrrd",
      }),
    ).rejects.toThrow("x.seg.nrrd: it contains 3 layers of segments, not grey values");
  });

  it("report every byte as read, and can be cancelled", async () => {
    const file = inputFile("x.seg.nrrd", write({ fields: { encoding: "raw" } }));
    const seen: Progress[] = [];
    await openFiles([file], {}, (progress) => seen.push(progress));
    const reading = seen.filter(({ step }) => step === "Reading masks");
    expect(reading[0]).toMatchObject({ fraction: 0, file: "x.seg.nrrd" });
    // All bytes except the header, which was read before.
    expect(reading.at(-1)?.fraction).toBeCloseTo(180 / file.blob.size);
    const controller = new AbortController();
    const stop = ({ step }: Progress) => step === "Reading masks" && controller.abort();
    await expect(openFiles([file], {}, stop, controller.signal)).rejects.toThrow(/abort/i);
  });
});

describe("overlapping segments that cannot be read", () => {
  const lost = (Layer: string) => ({ segments: [...SEGMENTS, { Name: "far", Layer }] });
  it.each([
    [
      "a layer that does not exist",
      write(lost("3")),
      /its segment “far” belongs in layer 3, but its layers are 0 to 2\. Open it in 3D Slicer/,
    ],
    ["a layer below the first", write(lost("-1")), /“far” belongs in layer -1/],
    [
      "no layer, and more segments than layers",
      write({ segments: [{ Name: "a" }, { Name: "b" }, { Name: "c" }, { Name: "d" }] }),
      /“d” belongs in layer 3/,
    ],
    [
      "layers on a middle axis",
      write({ fields: { sizes: "5 3 4 3", kinds: "domain list domain domain" } }),
      /neither the first nor the last axis of the file/,
    ],
    [
      "two axes of layers",
      write({ fields: { dimension: "5", sizes: "3 5 4 3 2", kinds: "list domain domain domain list" } }),
      /neither the first nor the last axis of the file/,
    ],
    ["cut in the voxels", write().slice(0, -20), /gzip data end too early/],
    [
      "too few packed voxels",
      write({ fields: { sizes: "3 5 4 4" } }),
      /voxels end too early \(180 bytes of 240 bytes\)/,
    ],
    [
      "too few raw voxels",
      write({ fields: { encoding: "raw", sizes: "3 5 4 4" } }),
      /promises 240 bytes but the file has only/,
    ],
  ])("%s: one sentence with file, cause and remedy", async (_, bytes, message) => {
    const error: unknown = await open([inputFile("x.seg.nrrd", bytes)]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    if (!(error instanceof InputError)) return;
    expect(error.message).toMatch(message);
    expect(error.message).toBe(`x.seg.nrrd: ${error.problem}. ${error.remedy}.`);
  });
});
