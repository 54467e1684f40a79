/** Opening labels, images, masks, definitions and dataset folders together. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../../base/errors.ts";
import type { InputFile, Progress } from "../bytes/input-file.ts";
import { countsOf, labelsOf, open, stackOf, valuesOf } from "../testing/opening.ts";
import { gzip, inputFile, type NiftiOptions, writeNifti } from "../testing/write-nifti.ts";
import { openFiles } from "./open.ts";

const dims = [4, 3, 2];
const voxels = 24;
const volume = (path: string, values: readonly number[], more: Partial<NiftiOptions> = {}) =>
  inputFile(path, gzip(writeNifti({ dims, values, ...more })));
const SEG = Array.from({ length: voxels }, (_, i) => i % 4);
const GREY = Array.from({ length: voxels }, (_, i) => i * 10 - 100);
const mask = (n: number, value = 1) => Array.from({ length: voxels }, (_, i) => (i % n === 0 ? value : 0));
const image = (path: string) => volume(path, GREY, { type: "int16" });
const bitsOf = (bitPlane: Uint32Array | undefined) =>
  Array.from({ length: voxels }, (_, i) => ((bitPlane?.[i >>> 5] ?? 0) >>> (i & 31)) & 1);

describe("labels and image", () => {
  it.each([
    ["names", "case_seg.nii.gz", "case.nii.gz"],
    ["the channel suffix", "case.nii.gz", "case_0000.nii.gz"],
    ["folders", "x/labels/a.nii.gz", "x/images/a.nii.gz"],
    ["content", "one.nii.gz", "two.nii.gz"],
  ])("are distinguished by %s, in any order", async (_, labelPath, imagePath) => {
    const files = [volume(labelPath, SEG), image(imagePath)];
    for (const order of [files, [...files].reverse()]) {
      const opened = await open(order);
      expect(valuesOf(labelsOf(opened))).toEqual(SEG);
      expect([...(opened.image?.data ?? [])]).toEqual(GREY);
      expect([opened.image?.min, opened.image?.max]).toEqual([-100, 130]);
      expect(opened.notices).toEqual([]);
    }
  });

  it("follow explicit roles", async () => {
    const files = [image("seg.nii.gz"), volume("ct.nii.gz", SEG)];
    const opened = await open(files, { labels: ["ct.nii.gz"], image: "seg.nii.gz" });
    expect(opened.name).toBe("ct");
    expect(opened.image?.max).toBe(130);
  });

  it("with fractions in one volume, that volume is the image", async () => {
    const fractions = volume(
      "a.nii.gz",
      SEG.map((v) => (v ? 0.5 : 0.25)),
      { type: "float32" },
    );
    const opened = await open([fractions, volume("b.nii.gz", SEG)]);
    expect(opened.name).toBe("b");
    expect(opened.image?.max).toBe(0.5);
  });

  it("may lie on different grids", async () => {
    const opened = await open([
      volume("seg.nii", SEG),
      inputFile("ct.nii", writeNifti({ dims: [2, 2, 2], values: SEG.slice(0, 8) })),
    ]);
    expect(opened.image?.grid.shape).toEqual([2, 2, 2]);
  });

  it("with fractions only by the header's scaling, the volume is labels", async () => {
    const scaled = inputFile(
      "a.nii.gz",
      gzip(writeNifti({ dims: [3, 1, 1], values: [0, 1, 2], slope: 1 / 255 })),
    );
    const grey = inputFile("b.nii.gz", gzip(writeNifti({ dims: [3, 1, 1], values: [9, 8, 7] })));
    const opened = await open([scaled, grey]);
    expect(opened.labelsFile).toBe("a.nii.gz");
    expect([...(opened.image?.data ?? [])]).toEqual([9, 8, 7]);
  });

  it("may be fractional labels in a file named like an image", async () => {
    const opened = await open([
      volume(
        "ct.nii.gz",
        SEG.map((v) => v * 1.5),
        { type: "float32" },
      ),
    ]);
    expect(countsOf(labelsOf(opened)).map(([value]) => value)).toEqual([0, 1.5, 3, 4.5]);
  });

  it("are transposed together", async () => {
    const plans = inputFile(
      "p.json",
      '{"transpose_forward": [1, 2, 0], "configurations": {"a": {"pool_op_kernel_sizes": [[1, 1, 1]]}}}',
    );
    const opened = await open([volume("seg.nii", SEG), image("ct.nii"), plans]);
    expect(labelsOf(opened).grid.shape).toEqual([3, 4, 2]);
    expect(opened.image?.grid.shape).toEqual([3, 4, 2]);
    const at = (z: number, y: number, x: number) => GREY[(z * 3 + y) * 4 + x];
    expect(opened.image?.data[(2 * 4 + 3) * 2 + 1]).toBe(at(1, 2, 3));
  });

  it("cannot be two label volumes", async () => {
    const two = [volume("a_seg.nii", SEG), volume("b_seg.nii", SEG)];
    await expect(open(two)).rejects.toThrow(/^a_seg\.nii: it and b_seg\.nii are both label volumes/);
    const beside = [volume("a.nii", SEG), volume("b.nii", SEG), image("a_0000.nii")];
    await expect(open(beside)).rejects.toThrow(/both label volumes/);
  });

  it("are refused with Compare as the remedy if both volumes look like labels", async () => {
    const edge = 24;
    const blobs = (path: string, highest: number) => {
      const values = Array.from({ length: edge ** 3 }, (_, i) => {
        const at = [i % edge, Math.floor(i / edge) % edge, Math.floor(i / edge ** 2)];
        const from = Math.max(...at.map((x) => Math.abs(x - edge / 2)));
        return from > 9 ? 0 : Math.min(highest, 1 + Math.floor((9 - from) / 2));
      });
      return inputFile(path, writeNifti({ dims: [edge, edge, edge], values, type: "uint8" }));
    };
    const two = [blobs("case_001.nii", 3), blobs("pred4.nii", 4)];
    await expect(open(two)).rejects.toThrow(
      "case_001.nii: it and pred4.nii are both label volumes, but a case has only one. Open one of them, then choose Compare to open the " +
        "other, or open several masks with two values each.",
    );
    const labelsAndMask = [blobs("liver.nii", 3), blobs("spleen.nii", 1)];
    await expect(open(labelsAndMask)).rejects.toThrow(
      /^liver\.nii: it and spleen\.nii are both label volumes/,
    );
    await expect(open(labelsAndMask, { labels: ["spleen.nii", "liver.nii"] })).rejects.toThrow(
      /^liver\.nii: it and spleen\.nii are both label volumes/,
    );
    expect((await open([two[0] as InputFile, image("ct.nii")])).image).not.toBeNull();
    // One file is labels by its name. The other one is left out, and the next may be the image.
    const named = await open([blobs("case_001_seg.nii", 3), blobs("pred4.nii", 4), image("zzz.nii")]);
    expect(named.image?.max).toBe(130);
    const without = await open([blobs("case_001_seg.nii", 3), blobs("pred4.nii", 4)]);
    expect(without.image).toBeNull();
    for (const { notices } of [named, without]) {
      expect(notices).toEqual([
        "pred4.nii was skipped: it looks like labels, not like the image of this case. Open it on its own, or choose Compare and open it there.",
      ]);
    }
  });
});

describe("the image", () => {
  it("with NaN or infinite values has NaN there, and a notice counts them", async () => {
    const values = GREY.map((v, i) => (i === 3 ? Number.NaN : v));
    const opened = await open([volume("seg.nii", SEG), volume("ct.nii", values, { type: "float32" })]);
    expect([...(opened.image?.data ?? [])]).toEqual(values);
    expect([opened.image?.min, opened.image?.max]).toEqual([-100, 130]);
    expect(opened.notices).toEqual([
      expect.stringMatching(/^ct\.nii: 1 voxel is not a number .* drawn as background/),
    ]);
    const infinite = values.map((v, i) => (i === 23 ? Number.NEGATIVE_INFINITY : v));
    const alone = await open([volume("ct_0000.nii", infinite, { type: "float32" })], { underlay: [0, 1, 2] });
    expect(alone.image?.data[23]).toBeNaN();
    expect([opened.image?.nan, alone.image?.nan]).toEqual([1, 1]);
    expect(alone.notices).toEqual([expect.stringMatching(/^ct_0000\.nii: 2 voxels are not numbers/)]);
  });

  it("is the first of several channels or volumes, and a notice says so", async () => {
    const channels = await open([volume("a.nii", SEG), image("a_0001.nii"), image("a_0000.nii")]);
    expect(channels.notices).toEqual(["The image has 2 channels; the first, a_0000.nii, is shown."]);
    const time = volume("ct.nii", [...GREY, ...GREY], { dims: [...dims, 2], type: "int16" });
    expect((await open([volume("seg.nii", SEG), time])).notices).toEqual([
      "ct.nii: the first of its 2 volumes is shown.",
    ]);
    const others = await open([volume("seg.nii", SEG), image("ct.nii"), image("t1.nii")]);
    expect(others.notices).toEqual(["ct.nii is shown as the image, not t1.nii."]);
  });

  it.each([
    ["header", inputFile("ct.nii", new Uint8Array(400)), /^ct\.nii was skipped: it is not a NIfTI file/],
    [
      "data",
      inputFile("ct.nii", writeNifti({ dims, values: [] })),
      /^ct\.nii was skipped: its header promises/,
    ],
    [
      "gzip",
      inputFile("ct.nii", gzip(writeNifti({ dims, values: GREY, type: "int16" })).slice(0, 90)),
      /^ct\.nii was skipped: its gzip/,
    ],
    [
      "kind",
      inputFile("ct.nii", new Uint8Array(readFileSync(new URL("../fixtures/rgb_3D.nii", import.meta.url)))),
      /contains RGB colours, not grey/,
    ],
  ])("with a bad %s is skipped with a notice, but refused in an explicit role", async (_, bad, notice) => {
    const files = [volume("seg.nii", SEG), bad];
    const opened = await open(files);
    expect(opened.image).toBeNull();
    expect(opened.notices).toHaveLength(1);
    expect(opened.notices[0]).toMatch(notice);
    await expect(open(files, { labels: ["seg.nii"], image: "ct.nii" })).rejects.toThrow(InputError);
  });

  it("is skipped if unreadable, but refused if it may have been the labels", async () => {
    const bad = inputFile("b.nii", new Uint8Array(400));
    expect((await open([volume("a.nii", SEG), bad])).notices[0]).toMatch(/^b\.nii was skipped/);
    // The unreadable file was the labels.
    const grey = Array.from({ length: 70_000 }, (_, i) => i / 4);
    const large = volume("a.nii", grey, { dims: [700, 100], type: "float32" });
    await expect(open([large, bad])).rejects.toThrow(/^b\.nii/);
  });
});

describe("masks", () => {
  it("opened together become a stack, named after their files", async () => {
    const opened = await open([
      volume("spleen.nii.gz", mask(2, 255)),
      volume("liver.nii.gz", mask(3)),
      volume("absent.nii.gz", mask(99).fill(0)),
    ]);
    const stack = stackOf(opened);
    expect(stack.names).toEqual(["absent", "liver", "spleen"]);
    expect(bitsOf(stack.bitPlanes[0])).toEqual(mask(99).fill(0));
    expect(bitsOf(stack.bitPlanes[1])).toEqual(mask(3));
    expect(bitsOf(stack.bitPlanes[2])).toEqual(mask(2));
    expect(opened.name).toBe("3 masks");
  });

  it("of a TotalSegmentator folder open with its image", async () => {
    const opened = await open([
      image("s0011/ct.nii.gz"),
      volume("s0011/segmentations/rib_10.nii.gz", mask(2)),
      volume("s0011/segmentations/rib_2.nii.gz", mask(2)),
      inputFile("s0011/meta.csv", "x"),
      inputFile("s0011/.DS_Store", "x"),
    ]);
    expect(stackOf(opened).names).toEqual(["rib_2", "rib_10"]);
    expect(opened.image?.max).toBe(130);
    expect([opened.name, opened.notices]).toEqual(["s0011", []]);
  });

  it("keep the order in which they were named", async () => {
    const files = [volume("a.nii", mask(2)), volume("b.nii", mask(3))];
    expect(stackOf(await open(files, { labels: ["b.nii", "a.nii"] })).names).toEqual(["b", "a"]);
  });

  it("are named with their folders if file names are equal", async () => {
    const files = [volume("l/masks/k.nii", mask(2)), volume("r/masks/k.nii", mask(3))];
    expect(stackOf(await open(files)).names).toEqual(["l/masks/k", "r/masks/k"]);
  });

  it("have the one other volume as their image, and a single mask is a label volume", async () => {
    expect(
      stackOf(await open([volume("a.nii", mask(2)), volume("b.nii", mask(3)), image("c.nii")])).names,
    ).toEqual(["a", "b"]);
    const one = await open([volume("a.nii", mask(2, 255)), image("c.nii")]);
    expect(countsOf(labelsOf(one))).toEqual([
      [0, 12],
      [255, 12],
    ]);
    expect(valuesOf(labelsOf(one))).toEqual(mask(2, 255));
    expect(one.image?.max).toBe(130);
  });

  it("on different grids are refused with a remedy", async () => {
    const moved = volume("b.nii", mask(2), { sform: [1, 0, 0, 5, 0, 1, 0, 0, 0, 0, 1, 0] });
    const resample =
      "esample each onto the scan's grid with nearest-neighbour interpolation, then open them together.";
    const apart =
      "b.nii: this mask is not on the grid of a.nii: both have 2×3×4 voxels, but their corners are up to";
    // The masks lie side by side, so resampling would empty one of them.
    await expect(open([volume("a.nii", mask(2)), moved])).rejects.toThrow(
      `${apart} 5 mm apart. If their slices match, copy the header of a.nii to b.nii and open them together; resampling would lose one of them.`,
    );
    const near = volume("b.nii", mask(2), { sform: [1, 0, 0, 2, 0, 1, 0, 0, 0, 0, 1, 0] });
    await expect(open([volume("a.nii", mask(2)), near])).rejects.toThrow(
      `${apart} 2 mm apart. If their slices match, copy the header of a.nii to b.nii, otherwise r${resample}`,
    );
    const unsaid = volume("a.nii", mask(2), { forms: "none" });
    await expect(open([unsaid, volume("b.nii", mask(2))])).rejects.toThrow(
      /If their slices match, copy the header of b\.nii to a\.nii, otherwise restore the orientation in the header that lacks it/,
    );
    const short = volume("c.nii", mask(2).slice(12), { dims: [4, 3, 1] });
    await expect(open([volume("a.nii", mask(2)), short])).rejects.toThrow(
      `c.nii: this mask is not on the grid of a.nii: it has 1×3×4 voxels, but a.nii has 2×3×4. R${resample}`,
    );
  });

  it("of one 4D file are numbered, or named by dataset.json", async () => {
    const values = [...mask(2), ...mask(3, 7), ...mask(5)];
    const file = volume("seg.nii.gz", values, { dims: [...dims, 1, 3], type: "float64" });
    const opened = await open([file]);
    expect(stackOf(opened).names).toEqual(["seg 1", "seg 2", "seg 3"]);
    expect(opened.maskBackground).toBeNull();
    expect(stackOf(opened).bitPlanes.map(bitsOf)).toEqual([mask(2), mask(3), mask(5)]);
    expect(opened.name).toBe("seg");
    const dataset = inputFile("dataset.json", '{"labels": {"background": 0, "x": 1, "z": 2, "y": 3}}');
    const named = await open([file, dataset]);
    expect(stackOf(named).names).toEqual(["x", "z", "y"]);
    expect(named.notices).toEqual([
      "The 3 masks are named after the labels in dataset.json, in their order.",
    ]);
  });

  it("of one 4D file are recognised as one-hot if the first is the background", async () => {
    const labels = SEG.map((value) => Math.min(value, 2));
    const channels = [0, 1, 2].map((value) => labels.map((label) => (label === value ? 1 : 0)));
    const dims4 = [...dims, 1, 3];
    const file = volume("seg.nii", channels.flat(), { dims: dims4 });
    expect(await open([file])).toMatchObject({ maskBackground: "one-hot", notices: [] });
    const dataset = inputFile("dataset.json", '{"labels": {"background": 0, "a": 1, "b": 2}}');
    expect(stackOf(await open([file, dataset])).names).toEqual(["background", "a", "b"]);
    const nested = [channels[0], labels.map((label) => (label > 0 ? 1 : 0)), channels[2]].flat();
    const overlapping = volume("seg.nii", nested.map(Number), { dims: dims4 });
    expect(await open([overlapping])).toMatchObject({ maskBackground: "rest", notices: [] });
  });

  it("of a real 4D file open with its grid and names", async () => {
    const bytes = new Uint8Array(
      readFileSync(new URL("../fixtures/us_labels4d_case26.nii.gz", import.meta.url)),
    );
    const stack = stackOf(await open([inputFile("us_labels4d_case26.nii.gz", bytes)]));
    expect(stack.grid.shape).toEqual([41, 59, 44]);
    expect(stack.names[2]).toBe("us_labels4d_case26 3");
  });
});

describe("dataset folders", () => {
  const configurations = '"configurations": {"3d_fullres": {"pool_op_kernel_sizes": [[1, 1, 1]]}}';
  const folder = [
    inputFile("D/dataset.json", '{"labels": {"background": 0}}'),
    inputFile("D/nnUNetResEncPlans.json", `{"plans_name": "other", ${configurations}}`),
    inputFile("D/nnUNetPlans.json", `{"plans_name": "default", ${configurations}}`),
    inputFile("D/splits_final.json", "[]"),
    volume("D/labelsTr/a.nii.gz", SEG),
    volume("D/labelsTr/b.nii.gz", mask(2)),
    image("D/imagesTr/a_0000.nii.gz"),
  ];

  it("open the chosen case with definition and plans", async () => {
    const opened = await open(folder, { caseName: "b" });
    expect([opened.name, opened.datasetName, opened.plans?.name]).toEqual(["b", "D", "default"]);
    expect(opened.definition?.file).toBe("D/dataset.json");
    expect(labelsOf(opened).palette.length).toBe(2);
    expect(opened.image).toBeNull();
    expect(opened.notices).toEqual([
      "Using plans from nnUNetPlans.json. You can open nnUNetResEncPlans.json instead.",
    ]);
  });

  it("recognise plans by their content, whatever their name", async () => {
    const [dataset, , , ...others] = folder;
    const plans = (path: string) => inputFile(path, `{"plans_name": "${path}", ${configurations}}`);
    const openWith = async (...more: readonly InputFile[]) =>
      open([...(dataset ? [dataset] : []), ...others, ...more], { caseName: "b" });
    for (const name of ["D/nnUNetResEncUNetLPlans.json", "D/nnUNetPlans_3d_fullres_foo.json", "D/mine.json"])
      expect((await openWith(plans(name))).plans?.name).toBe(name);
    // A file that is named like plans but is something else.
    const rest = [plans("D/mine.json"), inputFile("D/treatment_plans.json", '{"doses": [2]}')];
    expect(await openWith(...rest)).toMatchObject({ plans: { name: "D/mine.json" }, notices: [] });
    // Broken JSON is normally not taken for plans, but a broken file with the default name is reported.
    const other = await openWith(plans("D/mine.json"), inputFile("D/oldPlans.json", '{"configurations": '));
    expect(other.plans?.name).toBe("D/mine.json");
    const broken = inputFile("D/nnUNetPlans.json", '{"configurations": ');
    // Training would use it, so other plans do not replace it.
    const withoutPlans = await openWith(plans("D/mine.json"), broken);
    expect([withoutPlans.plans, withoutPlans.plansRefused, withoutPlans.notices]).toEqual([
      null,
      "nnUNetPlans.json",
      [expect.stringMatching(/^D\/nnUNetPlans\.json was skipped: it is not valid JSON .* Correct it there/)],
    ]);
    const axes = inputFile("D/nnUNetPlans.json", `{"transpose_forward": [0, 0, 1], ${configurations}}`);
    expect(await openWith(axes)).toMatchObject({ plans: null, plansRefused: "nnUNetPlans.json" });
    expect(await openWith()).toMatchObject({ plans: null, plansRefused: null });
    const only = await openWith(inputFile("D/onlyPlans.json", '{"a": '));
    expect([only.plans, only.notices]).toEqual([
      null,
      [expect.stringMatching(/^D\/onlyPlans\.json was skipped: it is not valid JSON/)],
    ]);
  });

  it("prefer the plans in the highest folder, and name the others with their paths", async () => {
    const deep = inputFile("D/trained/plans.json", `{"plans_name": "deep", ${configurations}}`);
    const { plans, notices } = await open([deep, ...folder], { caseName: "b" });
    expect(plans?.name).toBe("default");
    expect(notices).toEqual([
      "Using plans from nnUNetPlans.json. You can open nnUNetResEncPlans.json and trained/plans.json instead.",
    ]);
  });

  it("of another layout also have plans recognised by content, and other JSON is ignored", async () => {
    const opened = await open([
      volume("x/seg.nii.gz", SEG),
      inputFile("x/mine.json", `{"plans_name": "mine", ${configurations}}`),
      inputFile("x/notes.json", '{"labels": "none"}'),
      inputFile("x/broken.json", '{"a": '),
    ]);
    expect([opened.plans?.name, opened.definition, opened.notices]).toEqual(["mine", null, []]);
  });

  it("open the first case if none was chosen, and refuse an unknown one", async () => {
    const opened = await open(folder);
    expect(opened.name).toBe("a");
    expect(opened.image?.max).toBe(130);
    expect(opened.notices).toContain("The folder has 2 cases; the first, a, was opened.");
    await expect(open(folder, { caseName: "c" })).rejects.toThrow(/^c: the folder has no such case/);
  });

  it("without a volume are refused with a sentence", async () => {
    await expect(open([inputFile("x/readme.txt", "hello"), inputFile("x/b.csv", "1")])).rejects.toThrow(
      /^x\/b\.csv and 1 more file like it: it is a text file/,
    );
    await expect(open([inputFile("x/.DS_Store", "hello")])).rejects.toThrow(/no supported file was found/);
  });
});

describe("progress and cancellation", () => {
  const files = [volume("seg.nii.gz", SEG), image("ct.nii.gz")];

  it("names files and ends at 1, never going back", async () => {
    const seen: Progress[] = [];
    await openFiles(files, {}, (progress) => seen.push(progress));
    const fractions = seen.flatMap(({ fraction }) => fraction ?? []);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(new Set(seen.map(({ step }) => step))).toEqual(
      new Set(["Reading files", "Reading labels", "Reading image"]),
    );
    expect(seen.map(({ file }) => file)).toContain("ct.nii.gz");
  });

  it("stops with the signal's reason", async () => {
    const controller = new AbortController();
    const opening = openFiles(
      files,
      {},
      ({ step }) => step === "Reading labels" && controller.abort(),
      controller.signal,
    );
    await expect(opening).rejects.toMatchObject({ name: "AbortError" });
  });
});
