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
/** Puts the first axis of the file last. */
const TURNED_PLANS = {
  plans_name: "nnUNetPlans",
  transpose_forward: [2, 0, 1],
  transpose_backward: [1, 2, 0],
  configurations: {
    "3d_fullres": {
      patch_size: [4, 4, 4],
      pool_op_kernel_sizes: [[1, 1, 1]],
      batch_size: 2,
      spacing: [1, 1, 1],
    },
  },
};

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

  describe("of an image with its channels along the fourth dimension", () => {
    const fourD = (n: number, at: Readonly<Record<number, number>>, last: readonly number[] = [3]) => {
      const values = Array.from({ length: voxels * last.reduce((a, b) => a * b, 1) }, (_, i) => at[i] ?? 0);
      const bytes = gzip(writeNifti({ dims: [...dims, ...last], values, type: "int16", slope: 2 }));
      return inputFile(`imagesTr/case_000${n}.nii.gz`, bytes);
    };

    it("covers what any of them covers", async () => {
      const image = fourD(0, { 21: 3, [60 + 38]: -2, [120 + 27]: 5 });
      const opened = await open([LABELS, image, dataset(["a", "b", "c"])]);
      expect(opened.nonzero).toMatchObject({
        kind: "known",
        channels: 3,
        mask: { shape: [3, 4, 5], box: { first: [1, 0, 1], shape: [1, 4, 3] } },
      });
      // The first is shown.
      expect([opened.image?.max, opened.image?.data[21]]).toEqual([6, 6]);
      // Trailing dimensions of 1 count for nothing.
      const trailing = fourD(0, { 60: 1 }, [3, 1]);
      expect((await maskOf(trailing, dataset(["a", "b", "c"]))).kind).toBe("known");
    });

    it("takes further files of as many channels, turned by plans", async () => {
      const files = [
        fourD(0, { 21: 3 }, [2]),
        fourD(1, { [60 + 38]: 1 }, [2]),
        dataset(["a", "b", "c", "d"]),
      ];
      const plans = inputFile("plans.json", JSON.stringify(TURNED_PLANS));
      expect(await maskOf(...files, plans)).toMatchObject({
        channels: 4,
        mask: { shape: [5, 3, 4], box: { first: [1, 1, 0], shape: [3, 1, 4] } },
      });
      expect(
        await maskOf(fourD(0, { 1: 1 }, [2]), channel(1, { 1: 1 }), dataset(["a", "b", "c", "d"])),
      ).toEqual({
        kind: "unknown",
        reason: "case_0001.nii.gz has another number of volumes (1) than case_0000.nii.gz (2).",
      });
    });

    const only = "Only the first of the 3 volumes of case_0000.nii.gz was read:";
    it.each([
      [
        "there is no dataset.json",
        [fourD(0, { 1: 1 })],
        `${only} no dataset.json says that they are channels.`,
      ],
      [
        "dataset.json names another number",
        [fourD(0, { 1: 1 }), dataset(["a"])],
        `${only} dataset.json names 1 channel, not 3.`,
      ],
      [
        "there are five dimensions",
        [fourD(0, { 1: 1 }, [2, 2]), dataset(["a", "b", "c", "d"])],
        "case_0000.nii.gz has more than four dimensions.",
      ],
    ] as const)("is unknown if %s", async (_, files, reason) => {
      expect(await maskOf(...files)).toEqual({ kind: "unknown", reason });
    });

    it("is unknown with a reader that takes three dimensions", async () => {
      const files = [LABELS, fourD(0, { 1: 1 }), dataset(["a", "b", "c"])];
      for (const reader of ["NibabelIO", "NibabelIOWithReorient", "SimpleITKIOWithReorient"] as const)
        expect((await open(files, { reader })).nonzero).toEqual({
          kind: "unknown",
          reason: `${only} ${reader} reads 3D images alone.`,
        });
    });

    it("is known for an image that is opened later, by the channels of the open case", async () => {
      const options = { image: "imagesTr/case_0000.nii.gz", underlay: [0, 1, 2] as const };
      const files = [fourD(0, { 21: 3, [120 + 27]: 5 })];
      const opened = await open(files, { ...options, underlayChannels: 3 });
      expect(opened.nonzero).toMatchObject({ mask: { box: { first: [1, 0, 1], shape: [1, 2, 2] } } });
      expect((await open(files, options)).nonzero?.kind).toBe("unknown");
    });
  });

  it.each([
    ["there is no image", [], "No image is open."],
    [
      "dataset.json names more channels",
      [channel(0, { 1: 1 }), dataset(["a", "b"])],
      "channel_names has 2 channels, but the image that is open has 1.",
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
  ] as const)("is unknown if %s", async (_, files, reason) => {
    expect(await maskOf(...files)).toEqual({ kind: "unknown", reason });
  });
});
