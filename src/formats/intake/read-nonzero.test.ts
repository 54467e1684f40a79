/** Tests that the nonzero mask of an opened case comes from all channels of its image, or says why not. */
import { describe, expect, it } from "vitest";
import { maskFor } from "../../domain/training-grid/case-mask.ts";
import { labelsOf, open } from "../testing/opening.ts";
import { gzip, inputFile, type NiftiOptions, writeNifti } from "../testing/write-nifti.ts";

const dims = [5, 4, 3];
const voxels = 60;
const volume = (path: string, at: Readonly<Record<number, number>>, more: Partial<NiftiOptions> = {}) => {
  const values = Array.from({ length: voxels }, (_, i) => at[i] ?? 0);
  return inputFile(path, gzip(writeNifti({ dims, values, type: "int16", ...more })));
};
const LABELS = volume("labelsTr/case.nii.gz", { 30: 1 });
const channel = (n: number, at: Readonly<Record<number, number>>, more: Partial<NiftiOptions> = {}) =>
  volume(`imagesTr/case_000${n}.nii.gz`, at, more);
const dataset = (names: readonly string[]) =>
  inputFile(
    "dataset.json",
    JSON.stringify({
      labels: { background: 0, a: 1 },
      channel_names: Object.fromEntries(names.map((name, i) => [i, name])),
      numTraining: 1,
      file_ending: ".nii.gz",
    }),
  );

async function maskOf(...files: Parameters<typeof open>[0]) {
  const opened = await open([LABELS, ...files]);
  return maskFor(opened.nonzero, labelsOf(opened).grid.shape, opened.definition);
}

describe("the nonzero mask", () => {
  it("covers what any channel covers", async () => {
    const mask = await maskOf(
      channel(0, { 21: 3 }),
      channel(1, { 38: -2 }),
      channel(2, { 27: 5 }),
      dataset(["a", "b", "c"]),
    );
    // Voxels 21, 27 and 38 are (1, 0, 1), (1, 1, 2) and (1, 3, 3).
    expect(mask).toMatchObject({
      kind: "known",
      channels: 3,
      mask: { shape: [3, 4, 5], box: { first: [1, 0, 1], shape: [1, 4, 3] } },
    });
  });

  it("has no box if all channels are zero everywhere", async () => {
    expect(await maskOf(channel(0, {}), channel(1, {}))).toMatchObject({
      kind: "known",
      mask: { box: null },
    });
  });

  it("takes the order of the reader, which may turn each channel in another way", async () => {
    const turned = [-1, 0, 0, 4, 0, 1, 0, 0, 0, 0, 1, 0];
    const options = { reader: "NibabelIOWithReorient" } as const;
    const files = [LABELS, channel(0, { 20: 1 }), channel(1, { 21: 1 }, { sform: turned })];
    const { nonzero } = await open(files, options);
    // Voxel 21 of the turned file, (1, 0, 1), is (1, 0, 3) of the others.
    expect(nonzero).toMatchObject({ mask: { box: { first: [1, 0, 0], shape: [1, 1, 4] } } });
    const asStored = await open(files, { reader: "SimpleITKIO" });
    expect(asStored.nonzero).toMatchObject({ mask: { box: { first: [1, 0, 0], shape: [1, 1, 2] } } });
  });

  it("takes channels that the user names, whatever their names", async () => {
    const files = [
      volume("seg.nii.gz", { 30: 1 }),
      volume("t1.nii.gz", { 21: 3 }),
      volume("flair.nii.gz", { 38: 2 }),
    ];
    const named = { labels: ["seg.nii.gz"], image: "t1.nii.gz", moreChannels: ["flair.nii.gz"] };
    const opened = await open(files, named);
    expect(opened.nonzero).toMatchObject({
      channels: 2,
      mask: { box: { first: [1, 0, 1], shape: [1, 4, 3] } },
    });
    expect(opened.image?.max).toBe(3);
    expect(opened.notices).toEqual(["The image has 2 channels; the first, t1.nii.gz, is shown."]);
  });

  it.each([
    ["there is no image", [], "No image is open."],
    [
      "dataset.json names more channels",
      [channel(0, { 1: 1 }), dataset(["a", "b"])],
      "channel_names has 2 channels, but 1 of the image could be read.",
    ],
    [
      "a channel is missing",
      [channel(0, { 1: 1 }), channel(2, { 1: 1 })],
      "The image's channel _0001 is missing.",
    ],
    [
      "a channel cannot be read",
      [channel(0, { 1: 1 }), inputFile("imagesTr/case_0001.nii.gz", "")],
      "case_0001.nii.gz could not be read: it is empty (0 bytes).",
    ],
    [
      "the image cannot be read",
      [inputFile("imagesTr/case_0000.nii.gz", "")],
      "case_0000.nii.gz could not be read.",
    ],
    [
      "channels differ in shape",
      [channel(0, { 1: 1 }), channel(1, { 1: 1 }, { dims: [4, 5, 3] })],
      "case_0001.nii.gz has other voxels (3×5×4) than case_0000.nii.gz (3×4×5).",
    ],
    [
      "the image has another shape than the labels",
      [channel(0, { 1: 1 }, { dims: [4, 5, 3] })],
      "The image has 3×5×4 voxels, but the labels have 3×4×5.",
    ],
    [
      "one file holds several volumes",
      [
        inputFile(
          "imagesTr/case_0000.nii.gz",
          gzip(writeNifti({ dims: [...dims, 2], values: Array(120).fill(1) })),
        ),
      ],
      "Only the first of the 2 volumes of case_0000.nii.gz was read.",
    ],
  ] as const)("is unknown if %s", async (_, files, reason) => {
    expect(await maskOf(...files)).toEqual({ kind: "unknown", reason });
  });
});
