/** Dataset folders: counts of cases, and names that nnU-Net does not find. */
import { describe, expect, it } from "vitest";
import { inputFile } from "../testing/write-nifti.ts";
import { listCases } from "./cases.ts";
import { datasetFolder, folderProblem } from "./dataset-folder.ts";

const inputs = (paths: readonly string[]) => paths.map((path) => inputFile(path, ""));
const casesOf = (...paths: string[]) => listCases(inputs(paths));
const folderOf = (name: string, ...paths: string[]) => {
  const cases = casesOf(...paths);
  const chosen = cases.find((one) => one.name === name);
  if (!chosen) throw new Error(`There is no case ${name}.`);
  return datasetFolder(chosen, cases, inputs(paths));
};

describe("datasetFolder", () => {
  it("counts the training cases of one dataset, and their endings", () => {
    const paths = [
      "raw/D1/labelsTr/a.nii.gz",
      "raw/D1/imagesTr/a_0000.nii.gz",
      "raw/D1/imagesTr/a_0001.nii.gz",
      "raw/D1/labelsTr/b.nii",
      "raw/D1/imagesTr/b_0000.hdr",
      "raw/D1/imagesTr/b_0000.img",
      "raw/D1/labelsTs/c.nrrd",
      "raw/D2/labelsTr/d.nrrd",
    ];
    expect(folderOf("D1/a", ...paths)).toEqual({
      name: "D1",
      folders: { labels: "labelsTr", images: "imagesTr" },
      trainingCases: 2,
      imageCases: { ".nii.gz": 1, ".hdr": 1 },
      channels: [
        { name: "a", ending: ".nii.gz", images: 2 },
        { name: "b", ending: ".hdr", images: 1 },
      ],
      unpaired: { withoutLabels: [], withoutImage: [] },
      endings: [".hdr", ".nii", ".nii.gz"],
      misnamed: null,
    });
    expect(folderOf("D1/c", ...paths)).toBeNull();
  });

  it("counts cases by their images, as nnU-Net does, if each has its labels", () => {
    const labelled = ["D/labelsTr/a.nii.gz", "D/labelsTr/b.nii.gz"];
    const images = ["a", "b", "c"].map((name) => `D/imagesTr/${name}_0000.nii.gz`);
    const other = "D/imagesTs/d_0000.nii.gz";
    expect(folderOf("a", ...labelled, ...images, other)).toMatchObject({
      trainingCases: null,
      imageCases: { ".nii.gz": 3 },
      unpaired: { withoutLabels: ["c"], withoutImage: [] },
    });
    expect(folderOf("a", ...labelled, ...images.slice(0, 1))).toMatchObject({
      trainingCases: null,
      imageCases: { ".nii.gz": 1 },
      unpaired: { withoutLabels: [], withoutImage: ["b"] },
    });
    expect(folderOf("a", ...labelled, ...images.slice(0, 2), other)).toMatchObject({ trainingCases: 2 });
    // The images may be missing from the opened files.
    expect(folderOf("a", ...labelled)).toMatchObject({
      trainingCases: null,
      imageCases: {},
      unpaired: { withoutLabels: [], withoutImage: [] },
    });
  });

  it("counts a case with label files of two endings once", () => {
    const paths = [
      "D/labelsTr/a.nii",
      "D/labelsTr/a.nii.gz",
      "D/labelsTr/b.nii.gz",
      "D/imagesTr/a_0000.nii.gz",
      "D/imagesTr/b_0000.nii.gz",
    ];
    expect(casesOf(...paths).map(({ name, labels }) => [name, labels])).toEqual([
      ["a", "D/labelsTr/a.nii.gz"],
      ["a.nii", "D/labelsTr/a.nii"],
      ["b", "D/labelsTr/b.nii.gz"],
    ]);
    expect(folderOf("a", ...paths)).toMatchObject({
      trainingCases: 2,
      imageCases: { ".nii.gz": 2 },
      channels: [
        { name: "a", ending: ".nii.gz", images: 1 },
        { name: "b", ending: ".nii.gz", images: 1 },
      ],
    });
  });

  it("finds the dataset.json of the folder above", () => {
    const paths = ["D/D/labelsTr/a.nii", "D/D/imagesTr/a_0000.nii"];
    expect(folderOf("a", ...paths, "D/dataset.json")?.definitionAbove).toBe("D");
    expect(folderOf("a", ...paths, "D/dataset.json", "D/D/dataset.json")?.definitionAbove).toBeUndefined();
    expect(folderOf("a", ...paths, "dataset.json")?.definitionAbove).toBeUndefined();
  });

  it("gives the right names of files that nnU-Net does not find", () => {
    const folder = folderOf(
      "MI_01",
      "D/imagesTr/MI_01_0000.nii.gz",
      "D/imagesTr/MI_02_0000.nii.gz",
      "D/labelsTr/MI_01_0000.nii.gz",
      "D/labelsTr/MI_02_0000.nii.gz",
    );
    expect(folder?.misnamed).toEqual({
      caseName: "MI_01",
      labels: { from: "MI_01_0000.nii.gz", to: "MI_01.nii.gz" },
      image: null,
      exchanged: null,
      cases: 2,
    });
  });
});

const sentence = (...paths: string[]) => folderProblem(casesOf(...paths), inputs(paths));

describe("the sentence on the first case that nnU-Net does not find", () => {
  it("names labels with a channel number", () => {
    expect(
      sentence(
        "imagesTr/MI_01_0000.nii.gz",
        "imagesTr/MI_02_0000.nii.gz",
        "labelsTr/MI_01_0000.nii.gz",
        "labelsTr/MI_02_0000.nii.gz",
      ),
    ).toBe(
      "nnU-Net finds no label for MI_01: label files have no _0000. Rename MI_01_0000.nii.gz to MI_01.nii.gz, and do the same for the other case.",
    );
  });

  it("names images with other leading zeros, unless another case could be meant", () => {
    const paths = [
      "imagesTr/case_1_0000.nii",
      "imagesTr/case_2_0000.nii",
      "labelsTr/case_01.nii",
      "labelsTr/case_02.nii",
    ];
    expect(sentence(...paths)).toBe(
      "nnU-Net finds no image for case_01: images have the name of their label file, with as many leading zeros in its number. " +
        "Rename case_1_0000.nii to case_01_0000.nii, and do the same for the other case.",
    );
    expect(sentence(...paths, "labelsTr/case_001.nii", "labelsTr/case_002.nii")).toBeNull();
  });

  it("names images without a channel number, even if others are right", () => {
    expect(
      sentence(
        "imagesTr/a_0000.nii",
        "imagesTr/b.nii",
        "imagesTr/c.nii",
        "imagesTr/d.nii",
        "labelsTr/a.nii",
        "labelsTr/b.nii",
        "labelsTr/c.nii",
        "labelsTr/d.nii",
      ),
    ).toBe(
      "nnU-Net finds no image for b: image files end in their channel number (_0000). Rename b.nii to b_0000.nii, and do the same for the other 2 cases.",
    );
  });

  it("gives the name that nnU-Net looks for to segmentations of 3D Slicer", () => {
    expect(sentence("D/imagesTr/a_0000.nrrd", "D/labelsTr/a.seg.nrrd")).toBe(
      "nnU-Net finds no label for a: it looks for a.nrrd. Rename a.seg.nrrd to a.nrrd.",
    );
    expect(sentence("D/imagesTr/a.nrrd", "D/labelsTr/a_0000.seg.nrrd")).toBe(
      "nnU-Net finds neither image nor label for a: image files end in their channel number (_0000), and label files end in just .nrrd, without a number. " +
        "Rename a_0000.seg.nrrd to a.nrrd and a.nrrd to a_0000.nrrd.",
    );
    expect(folderOf("a", "D/imagesTr/a_0000.nrrd", "D/labelsTr/a.seg.nrrd")?.endings).toEqual([".nrrd"]);
  });

  it("names image and label, and says that the folders seem to be swapped", () => {
    expect(
      sentence("D/imagesTr/a.nrrd", "D/labelsTr/a_0000.nrrd", "D/imagesTr/b.nrrd", "D/labelsTr/b_0000.nrrd"),
    ).toBe(
      "nnU-Net finds neither image nor label for a: image files end in their channel number (_0000), and label files have none. " +
        "imagesTr and labelsTr seem to be swapped: move a_0000.nrrd to imagesTr and a.nrrd to labelsTr, and do the same for the other case. " +
        "If the files are where they belong, swap their names instead.",
    );
  });

  it("is null for test cases and for correct names", () => {
    expect(sentence("imagesTs/a.nii", "labelsTs/a.nii")).toBeNull();
    expect(sentence("imagesTr/a_0000.nii", "labelsTr/a.nii")).toBeNull();
  });
});

describe("images whose names are nearly right", () => {
  const RULE = "image files end in their channel number, in four digits (_0000)";

  it.each([
    ["three digits", "a_000.nii.gz"],
    ["one digit", "a_0.nii.gz"],
    ["five digits", "a_00000.nii.gz"],
    ["a hyphen", "a-0000.nii.gz"],
    ["a point", "a.0000.nii.gz"],
    ["no underscore", "a0000.nii.gz"],
    ["letters", "a_ch0.nii.gz"],
    ["numbers from 1", "a_001.nii.gz"],
  ])("with %s are to be renamed", (_, image) => {
    expect(sentence(`imagesTr/${image}`, "labelsTr/a.nii.gz")).toBe(
      `nnU-Net finds no image for a: ${RULE}. Rename ${image} to a_0000.nii.gz.`,
    );
    expect(casesOf(`imagesTr/${image}`, "labelsTr/a.nii.gz")[0]?.images).toEqual([`imagesTr/${image}`]);
  });

  it("of several channels are to be renamed in order, in all cases", () => {
    const two = ["imagesTr/a_000.nii", "imagesTr/a_001.nii", "labelsTr/a.nii"];
    expect(sentence(...two)).toBe(
      `nnU-Net finds no image for a: ${RULE}. Rename a_000.nii to a_0000.nii, its other channel to _0001, in the order of channel_names.`,
    );
    expect(sentence(...two, "imagesTr/a_002.nii", "imagesTr/b_000.nii", "labelsTr/b.nii")).toBe(
      `nnU-Net finds no image for a: ${RULE}. Rename a_000.nii to a_0000.nii, its other 2 channels to _0001 and so on, in the order of ` +
        "channel_names, and do the same for the other case.",
    );
    expect(casesOf(...two, "imagesTr/a_010.nii")[0]?.images).toEqual([
      "imagesTr/a_000.nii",
      "imagesTr/a_001.nii",
      "imagesTr/a_010.nii",
    ]);
  });

  it("beside others with right names are to be renamed or removed", () => {
    const both = ["imagesTr/a_0000.nii", "imagesTr/a_001.nii", "labelsTr/a.nii"];
    expect(sentence(...both)).toBe(
      `nnU-Net does not find all images for a: ${RULE}. Rename a_001.nii to a_0001.nii, or remove what is not a channel.`,
    );
    expect(folderOf("a", ...both)).toMatchObject({
      trainingCases: 1,
      unpaired: { withoutLabels: [], withoutImage: [] },
    });
    expect(
      sentence("imagesTr/a_0000.nii", "imagesTr/a_t2.nii", "imagesTr/a_t1.nii", "labelsTr/a.nii"),
    ).toMatch(
      / Rename a_t1\.nii to a_0001\.nii, its other channel likewise, or remove what is not a channel\.$/,
    );
  });

  it("named after their sequence are to be numbered in order", () => {
    expect(sentence("imagesTr/a_flair.nii", "imagesTr/a_t1.nii", "labelsTr/a_seg.nii")).toBe(
      "nnU-Net finds neither image nor label for a: image files end in their channel number (_0000), and label files have only the name of their case. " +
        "Rename a_seg.nii to a.nii and a_flair.nii to a_0000.nii, its other channel to _0001, in the order of channel_names.",
    );
  });

  it("with other capital and small letters are to be renamed", () => {
    expect(sentence("imagesTr/case_1_0000.nii", "labelsTr/Case_1.nii")).toBe(
      "nnU-Net finds no image for Case_1: images have the name of their label file, with the same capital and small letters. " +
        "Rename case_1_0000.nii to Case_1_0000.nii.",
    );
  });

  it("show how to rename a label file with a suffix", () => {
    expect(sentence("imagesTr/a_0000.nii", "labelsTr/a_seg.nii")).toBe(
      "nnU-Net finds no label for a: it looks for a.nii. Rename a_seg.nii to a.nii.",
    );
    // With two label files for one case, it is unknown which one is meant.
    expect(sentence("imagesTr/a_0000.nii", "labelsTr/a_seg.nii", "labelsTr/a_mask.nii")).toBeNull();
  });

  it("do not belong to cases whose names only begin alike", () => {
    const cases = casesOf(
      "imagesTr/case_1_0000.nii",
      "imagesTr/case_10_0000.nii",
      "imagesTr/case_2_0000.nii",
      "labelsTr/case_1.nii",
      "labelsTr/case.nii",
    );
    expect(cases.map(({ name, images }) => [name, images])).toEqual([
      ["case", []],
      ["case_1", ["imagesTr/case_1_0000.nii"]],
    ]);
  });
});

describe("images and labels in each other's folders, with several channels", () => {
  const exchanged = (name: string) => [
    `D/labelsTr/${name}_0000.nii`,
    `D/labelsTr/${name}_0001.nii`,
    `D/imagesTr/${name}.nii`,
  ];

  it("are one case of the label file and the channels", () => {
    expect(casesOf(...exchanged("a"), ...exchanged("b"))).toMatchObject([
      { name: "a", labels: "D/imagesTr/a.nii", images: ["D/labelsTr/a_0000.nii", "D/labelsTr/a_0001.nii"] },
      { name: "b", labels: "D/imagesTr/b.nii" },
    ]);
    expect(sentence(...exchanged("a"), ...exchanged("b"))).toBe(
      "nnU-Net finds neither image nor label for a: its images a_0000.nii and a_0001.nii are in labelsTr, and its label file a.nii is in imagesTr. " +
        "Swap the names of these two folders.",
    );
    const folder = folderOf("a", ...exchanged("a"), ...exchanged("b"));
    expect([folder?.trainingCases, folder?.unpaired]).toEqual([2, { withoutLabels: [], withoutImage: [] }]);
  });

  it("are to be moved if only some cases are swapped", () => {
    const right = ["D/labelsTr/c.nii", "D/imagesTr/c_0000.nii", "D/imagesTr/c_0001.nii"];
    expect(sentence(...exchanged("a"), ...exchanged("b"), ...right)).toMatch(
      / are in labelsTr, and its label file a\.nii is in imagesTr\. Move each file to the other folder, and do the same for the other case\.$/,
    );
  });
});

describe("folders with names that nnU-Net does not look for", () => {
  const pair = (images: string, labels: string, name = "a") => [
    `D/${images}/${name}_0000.nii.gz`,
    `D/${labels}/${name}.nii.gz`,
  ];

  it.each([
    [
      "images",
      "labels",
      "nnU-Net finds neither images nor label files in D: it looks for images in imagesTr and for label files in labelsTr, but here they are in " +
        "images and labels. Rename images to imagesTr and labels to labelsTr.",
    ],
    [
      "imagestr",
      "labelsTr",
      "nnU-Net finds no images in D: it looks for them in imagesTr, but here they are in imagestr, which is a different folder on Linux. Rename " +
        "imagestr to imagesTr.",
    ],
    [
      "imagesTr",
      "LabelsTr",
      "nnU-Net finds no label files in D: it looks for them in labelsTr, but here they are in LabelsTr, which is a different folder on Linux. " +
        "Rename LabelsTr to labelsTr.",
    ],
    [
      "ct",
      "labelsTr",
      "nnU-Net finds no images in D: it looks for them in imagesTr, but here they are in ct. Rename ct to imagesTr.",
    ],
    [
      "imagesTr",
      "masks",
      "nnU-Net finds no label files in D: it looks for them in labelsTr, but here they are in masks. Rename masks to labelsTr.",
    ],
  ])("%s and %s are to be renamed", (images, labels, expected) => {
    const paths = [...pair(images, labels), ...pair(images, labels, "b")];
    const cases = casesOf(...paths);
    expect(cases.map(({ name, images: of, training }) => [name, of.length, training])).toEqual([
      ["a", 1, true],
      ["b", 1, true],
    ]);
    expect(sentence(...paths)).toBe(expected);
  });

  it("are reported before files with wrong names", () => {
    expect(sentence("D/images/a.nii", "D/labels/a.nii")).toMatch(
      / Rename images to imagesTr and labels to labelsTr\. nnU-Net finds no image for a: .* Rename a\.nii to a_0000\.nii\.$/,
    );
  });

  it("are to be created if a whole dataset folder has no images", () => {
    expect(sentence("D/labelsTr/a.nii.gz")).toBe(
      "nnU-Net finds no images in D: it looks for them in imagesTr, but there is no such folder. Put the images of all cases there, each with its channel number (CASE_0000).",
    );
    expect(sentence("D/labelstr/a.nii.gz")).toMatch(
      /Rename labelstr to labelsTr, and put the images of all cases into imagesTr\.$/,
    );
    expect(sentence("labelsTr/a.nii.gz")).toBeNull();
    expect(sentence("P/gt_segmentations/a.nii.gz")).toBeNull();
  });

  it("are to be created if images and labels lie in one folder", () => {
    const flat = ["a", "b"].flatMap((name) => [`D/${name}.nii.gz`, `D/${name}_0000.nii.gz`]);
    expect(casesOf(...flat).map(({ name, root, images }) => [name, root, images])).toEqual([
      ["a", "D/", ["D/a_0000.nii.gz"]],
      ["b", "D/", ["D/b_0000.nii.gz"]],
    ]);
    expect(sentence(...flat)).toBe(
      "nnU-Net finds neither images nor label files in D: it looks for images in imagesTr and for label files in labelsTr, but here both are in one folder. Create these two folders and move the files into them.",
    );
    expect(folderOf("a", ...flat, "D/c_0000.nii.gz")).toMatchObject({
      imageCases: { ".nii.gz": 3 },
      unpaired: { withoutLabels: ["c"], withoutImage: [] },
    });
    // Individually opened files and a single case are no dataset.
    expect(casesOf(...flat.map((path) => path.slice(2)))).toEqual([]);
    expect(casesOf(...flat.slice(0, 2))).toEqual([]);
  });

  it("do not include those of masks, predictions and test cases", () => {
    expect(casesOf("D/labels/liver.nii.gz", "D/labels/spleen.nii.gz", "D/images/ct.nii.gz")).toEqual([]);
    expect(casesOf("D/labelsTr/a.nii", "D/predicted/a.nii")[0]?.folders.images).toBeNull();
    const both = [...pair("imagesTr", "labelsTr"), ...pair("images", "labels", "b")];
    expect(casesOf(...both).map(({ name }) => name)).toEqual(["a"]);
    expect(sentence(...pair("imagests", "labelsTs"))).toBeNull();
  });
});
