/** Tests the findings on training cases, their images and the dataset folder. */
import { describe, expect, it } from "vitest";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import { type DatasetFiles, type DatasetFolder, ITSELF } from "../dataset/dataset-files.ts";
import { regionSetFromDefinition } from "../dataset/region-set.ts";
import { datasetFolderOf } from "../testing/dataset-folders.ts";
import { definitionOf } from "../testing/definitions.ts";
import { caseFindings, definitionFindings } from "./findings.ts";

const filesOf = (folder: Partial<DatasetFolder>) => ({
  labels: `a${folder.endings?.at(-1) ?? ".nii.gz"}`,
  ending: folder.endings?.at(-1) ?? ".nii.gz",
  folder: datasetFolderOf(folder),
});
const plain = definitionOf({ background: 0, a: 1 });

describe("numTraining", () => {
  const messages = (
    numTraining: unknown,
    folder: Partial<DatasetFolder> | null,
    more: Partial<DatasetDefinition> = {},
  ) => {
    const findings = definitionFindings({ ...plain, numTraining, ...more }, folder && filesOf(folder));
    return findings.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
  };
  const stops = "error training-cases: nnU-Net's integrity check stops because numTraining is";
  const three = { trainingCases: 3, imageCases: { ".nii.gz": 3 } };

  it("must be the number of cases in imagesTr", () => {
    expect(messages(3, three)).toEqual([]);
    expect(messages(5, three)).toEqual([
      `${stops} 5, but imagesTr has images of 3 cases. Write “numTraining”: 3, or add the 2 missing cases.`,
    ]);
    expect(messages(2, three)).toEqual([
      `${stops} 2, but imagesTr has images of 3 cases. Write “numTraining”: 3, or remove the extra case.`,
    ]);
    expect(messages("3", three)).toEqual([
      `${stops} "3", but imagesTr has images of 3 cases. Write “numTraining”: 3, as a number.`,
    ]);
  });

  it("is compared with the folder of the images, which the message names", () => {
    const folders = { labels: "labelsTr", images: "imagestr" };
    expect(messages(5, { ...three, folders })).toEqual([
      `${stops} 5, but imagestr has images of 3 cases. Write “numTraining”: 3, or add the 2 missing cases.`,
    ]);
    expect(messages(5, { ...three, folders: { labels: ITSELF, images: ITSELF } })).toEqual([
      `${stops} 5, but this folder has images of 3 cases. Write “numTraining”: 3, or add the 2 missing cases.`,
    ]);
  });

  it("is not judged unless a folder with images was opened", () => {
    expect(messages(5, null)).toEqual([]);
    expect(messages(5, { trainingCases: null, imageCases: {} })).toEqual([]);
    expect(messages(undefined, three)).toEqual([]);
  });

  it("is to be corrected after cases that lack a file are complete", () => {
    const unpaired = { withoutLabels: ["c"], withoutImage: [] };
    expect(messages(2, { ...three, trainingCases: null, unpaired })).toEqual([
      `${stops} 2, but imagesTr has images of 3 cases. Complete the cases that lack a file, then write their number.`,
    ]);
  });

  it("is not affected by a label file beside its case's image", () => {
    const channels = [{ name: "a", ending: ".nii.gz", images: 1 }];
    const spare = { channels, endings: [".nii.gz", ".nii"], imageCases: { ".nii.gz": 1 } };
    expect(messages(1, spare)).toEqual([
      "warning file-ending: nnU-Net ignores the files in this folder that end in .nii because “file_ending” is “.nii.gz”; all image and label files of a dataset must have that ending. " +
        "Convert them to .nii.gz.",
    ]);
  });

  it("is compared with only the images that have the file ending", () => {
    const two = { ...three, imageCases: { ".nii": 1, ".nii.gz": 2 }, endings: [".nii", ".nii.gz"] };
    expect(messages(3, two)).toEqual([
      `${stops} 3, but imagesTr has images of 2 cases that end in .nii.gz. Write “numTraining”: 2, or add the missing case.`,
      "warning file-ending: nnU-Net ignores the files in this folder that end in .nii because “file_ending” is “.nii.gz”; all image and label files of a dataset must have that ending. " +
        "Convert them to .nii.gz.",
    ]);
    // The other ending is to be repaired first, and that repair reveals nothing new.
    const other = { trainingCases: 3, imageCases: { ".nii": 3 }, endings: [".nii"] };
    expect(messages(5, other).map((text) => text.slice(0, 20))).toEqual([
      "error file-ending: n",
      "error training-cases",
    ]);
  });

  it("must be the number of cases in “dataset” if dataset.json lists them", () => {
    const lists = { keys: [...plain.keys, "dataset"], listedCases: 4 };
    expect(messages(4, three, lists)).toEqual([]);
    expect(messages(3, null, lists)).toEqual([
      `${stops} 3, but “dataset” lists 4 cases. Write “numTraining”: 4, or remove the extra case.`,
    ]);
  });
});

describe("images and channels", () => {
  const messages = (images: Record<string, number>, channels: number, more: Partial<DatasetFiles> = {}) => {
    const members = Array.from({ length: channels }, (_, i) => ({ name: String(i), value: "T1" }));
    const names = { key: "channel_names", members, value: {} } as const;
    const folder = {
      channels: Object.entries(images).map(([name, count]) => ({ name, ending: ".nii.gz", images: count })),
    };
    const found = definitionFindings({ ...plain, channels: names }, { ...filesOf(folder), ...more });
    return found.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
  };
  const check = "error case-channels: nnU-Net's integrity check";

  it("must be equally many in every case", () => {
    expect(messages({ a: 2, b: 2 }, 2)).toEqual([]);
    expect(messages({ a: 2, b: 1 }, 2)).toEqual([
      `${check} stops because b has 1 image in imagesTr, but channel_names has 2 channels. Add the missing images, or remove the case.`,
    ]);
    expect(messages({ a: 2, b: 1, c: 1, d: 3 }, 2)).toEqual([
      `${check} stops because b and c have 1 image each, d has 3 images in imagesTr, but channel_names has 2 channels. ` +
        "Add the missing images, remove the extra ones, or remove these cases.",
    ]);
    expect(messages({ a: 2 }, 1)).toEqual([
      `${check} stops because a has 2 images in imagesTr, but channel_names has 1 channel. Remove the extra images.`,
    ]);
  });

  it("have one finding for all cases if they differ equally in each", () => {
    expect(messages({ a: 2, b: 2 }, 1)).toEqual([
      `${check} rejects every case because each has 2 images in imagesTr, but channel_names has 1 channel. ` +
        "Name all 2 channels, or remove the images that are not channels.",
    ]);
    expect(messages({ a: 1, b: 1 }, 2)).toEqual([
      `${check} rejects every case because each has 1 image in imagesTr, but channel_names has 2 channels. ` +
        "Remove the names without an image, or add their images to every case.",
    ]);
    // One file with all channels in it.
    expect(messages({ a: 1, b: 1 }, 2, { imageVolumes: 2 })).toEqual([]);
  });

  it("are counted in “dataset” if dataset.json lists files, and missing files are named", () => {
    const listed = [
      { name: "x1", images: ["img/x1.nii"], label: "lab/x1.nii" },
      { name: "x2", images: ["img/x2.nii", "img/x2b.nii"], label: "lab/x2.nii" },
    ];
    const one = { key: "channel_names", members: [{ name: "0", value: "CT" }], value: {} } as const;
    const definition = { ...plain, channels: one, keys: [...plain.keys, "dataset"], listedCases: 2, listed };
    const files = { ...filesOf({}), folder: null, notThere: ["img/x2b.nii", "lab/x2.nii", "else"] };
    expect(definitionFindings(definition, files).map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "listed-files: nnU-Net's integrity check stops because “dataset” lists the image img/x2b.nii and the label file lab/x2.nii, which are not in " +
        "this folder. Put them there, correct the paths, or remove the case from “dataset”.",
      "case-channels: nnU-Net's integrity check stops because x2 has 2 images in “dataset”, but channel_names has 1 channel. Remove the extra images.",
    ]);
  });
});

describe("a dataset folder", () => {
  const messages = (folder: Partial<DatasetFolder>, definition: DatasetDefinition | null = plain) => {
    const labels = [0, 1].map((value) => ({ value, voxels: 9 }));
    const facts = { labels, scales: [], stridesFrom: "plans", configuration: null } as const;
    const findings = caseFindings(regionSetFromDefinition(plain), definition, {
      ...facts,
      regionVoxels: null,
      grids: null,
      files: filesOf(folder),
    });
    return findings.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
  };
  const unpaired = { withoutLabels: ["c"], withoutImage: ["d", "e"] };

  it("with incomplete cases is an error if labels are missing, a warning if images are", () => {
    expect(messages({ unpaired })).toEqual([
      "error case-incomplete: nnU-Net's integrity check stops because there is no label file in labelsTr for c, which has images in imagesTr. " +
        "Add it, or remove these images.",
      "warning case-incomplete: nnU-Net does not train on d and e: it uses the images in imagesTr, but these label files have none there. " +
        "Add their images, named CASE_0000, or remove the label files.",
    ]);
  });

  it("with other folder names is an error, without images a warning; neither if dataset.json lists the files", () => {
    const named = { folders: { labels: "labels", images: "imagesTr" } };
    const bare = { folders: { labels: "labelsTr", images: null } };
    expect(messages(named, null)[0]).toMatch(
      /^error folder-names: nnU-Net finds no label files in Dataset001_D/,
    );
    expect(messages(bare)[0]).toMatch(/^warning folder-names: nnU-Net finds no images in Dataset001_D/);
    const lists = { ...plain, keys: [...plain.keys, "dataset"], listedCases: 1 };
    for (const folder of [named, bare, { unpaired }]) expect(messages(folder, lists)).toEqual([]);
  });
});
