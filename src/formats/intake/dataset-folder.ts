/** Describes a dataset folder by its file names, as nnU-Net sees it. */

import { baseName } from "../../base/file-path.ts";
import { groupBy } from "../../base/group-by.ts";
import {
  type CaseImages,
  type DatasetFolder,
  endingInFolder,
  ITSELF,
  type Misnamed,
  type MisnamedFiles,
  type MisnamedImage,
} from "../../domain/dataset/dataset-files.ts";
import { misnamedSentence } from "../../domain/findings/file-names.ts";
import { foldersSentence } from "../../domain/findings/folder-names.ts";
import {
  endingOf,
  folderOf,
  type InputFile,
  isClutter,
  isHeaderOrWhole,
  stemOf,
} from "../bytes/input-file.ts";
import type { MisnamedImagePath } from "./case-pairs.ts";
import type { DatasetCase } from "./cases.ts";

/**
 * Describes the dataset folder of one of its training cases.
 * @param cases all cases found, including those of other datasets
 * @param files all files among which the cases were found
 * @returns null for a case that nnU-Net does not train on
 */
export function datasetFolder(
  chosen: DatasetCase,
  cases: readonly DatasetCase[],
  files: readonly InputFile[],
): DatasetFolder | null {
  if (!chosen.training) return null;
  const training = cases.filter(({ root, training: own }) => own && root === chosen.root);
  const paths = training.flatMap(({ labels, images, spareImages = [] }) => [
    labels,
    ...images,
    ...spareImages,
  ]);
  return {
    name: baseName(chosen.root.slice(0, -1)),
    folders: chosen.folders,
    ...casesOf(chosen, training, files),
    channels: channelsOf(training),
    ...definitionAbove(chosen.root, files),
    ...niiBeside(paths),
    endings: [...new Set(paths.map((path) => endingInFolder(endingOf(path))))].sort(),
    misnamed: misnamedOf(chosen, training),
  };
}

function niiBeside(paths: readonly string[]): Pick<DatasetFolder, "isNiiBeside"> {
  const all = new Set(paths);
  const isBeside = paths.filter((path) => endingOf(path) === ".nii").every((path) => all.has(`${path}.gz`));
  return isBeside && paths.some((path) => endingOf(path) === ".nii") ? { isNiiBeside: true } : {};
}

/** Skips images whose names must be corrected first. A case may have label files with several endings. */
function channelsOf(training: readonly DatasetCase[]): CaseImages[] {
  const counts = new Map<string, CaseImages>();
  for (const { images, misnamed } of training) {
    if (misnamed.image || misnamed.labels) continue;
    for (const [ending, own] of groupBy(images, endingOf)) {
      const [image = ""] = own;
      counts.set(image, { name: caseOf(image), ending, images: own.length });
    }
  }
  return [...counts.values()];
}

/** Finds dataset.json in the parent folder, if only the rest of the dataset was moved into a subfolder. */
function definitionAbove(root: string, files: readonly InputFile[]): Pick<DatasetFolder, "definitionAbove"> {
  const file = definitionOf(root, files);
  if (!file || file.path === `${root}dataset.json`) return {};
  return { definitionAbove: baseName(folderOf(file.path).slice(0, -1)) };
}

/** Returns the dataset.json of a dataset folder, else that of its parent. */
export function definitionOf(root: string, files: readonly InputFile[]): InputFile | undefined {
  const at = (folder: string) => files.find(({ path }) => path === `${folder}dataset.json`);
  return at(root) ?? (root === "" ? undefined : at(folderOf(root.slice(0, -1))));
}

/** Counts cases as nnU-Net does: those of `imagesTr`, with or without labels. */
function casesOf(
  { root, folders }: DatasetCase,
  training: readonly DatasetCase[],
  files: readonly InputFile[],
): Pick<DatasetFolder, "trainingCases" | "imageCases" | "unpaired"> {
  const isPaired = new Set(
    training.flatMap(({ labels, images, spareImages = [] }) => [labels, ...images, ...spareImages]),
  );
  const withImage = training.filter(({ images }) => images.length > 0);
  const isImage =
    folders.images === ITSELF
      ? (path: string) => isVolumeIn(path, root) && caseOf(path) !== stemOf(path)
      : (path: string) => isVolumeIn(path, `${root}${folders.images}/`);
  const unpaired = files.filter(({ path }) => isImage(path) && !isPaired.has(path));
  const names = unpaired.map(({ path }) => ({ name: caseOf(path), ending: endingOf(path) }));
  const withoutLabels = [...new Set(names.map(({ name }) => name))].sort();
  // A case may have label files with several endings.
  const firstImages = new Set(withImage.map(({ images: [image = ""] }) => image));
  const counted = [
    ...[...firstImages].map(endingOf),
    ...[...groupBy(names, ({ name, ending }) => `${name}${ending}`).values()].map(
      ([first]) => first?.ending ?? "",
    ),
  ];
  const imageCases = Object.fromEntries(
    [...groupBy(counted, (ending) => ending)].map(([ending, { length }]) => [ending, length]),
  );
  if (counted.length === 0) {
    return { trainingCases: null, imageCases, unpaired: { withoutLabels: [], withoutImage: [] } };
  }
  const withoutImage = training.filter(({ images }) => images.length === 0).map(({ name }) => baseName(name));
  const areAllPaired = withoutLabels.length + withoutImage.length === 0;
  return {
    // A case may have label files and images with several endings.
    trainingCases: areAllPaired ? new Set([...firstImages].map(stemOf)).size : null,
    imageCases,
    unpaired: { withoutLabels, withoutImage },
  };
}

const caseOf = (path: string) => stemOf(path).replace(/_\d{4}$/, "");

/** Voxels beside a header (`.img`) do not count as a file. */
function isVolumeIn(path: string, folder: string): boolean {
  return folderOf(path) === folder && isHeaderOrWhole(path) && !isClutter(path);
}

/** Describes, in sentences, wrong names in a folder with these cases; null if nnU-Net finds all files. */
export function folderProblem(cases: readonly DatasetCase[], files: readonly InputFile[]): string | null {
  const roots = groupBy(
    cases.filter(({ training }) => training),
    ({ root }) => root,
  );
  for (const ofRoot of roots.values()) {
    const first = ofRoot.find(isMisnamed) ?? ofRoot[0];
    const folder = first ? datasetFolder(first, cases, files) : null;
    const said = folder && [foldersSentence(folder), folder.misnamed && misnamedSentence(folder.misnamed)];
    const sentences = said?.filter((sentence) => sentence !== null) ?? [];
    if (sentences.length > 0) return sentences.join(" ");
  }
  return null;
}

const isMisnamed = ({ misnamed }: DatasetCase) => misnamed.labels || misnamed.image !== null;

function misnamedOf(one: DatasetCase, training: readonly DatasetCase[]): MisnamedFiles | null {
  if (!isMisnamed(one)) return null;
  const { labels, images, misnamed, name } = one;
  // The case's name may include its dataset.
  const caseName = baseName(name);
  const { exchanged, image } = misnamed;
  return {
    caseName,
    labels: misnamed.labels ? renamed(labels, caseName) : null,
    image: image && imageOf(image, caseName),
    exchanged: exchanged
      ? {
          images: images.map((path) => baseName(path)),
          everywhere: training.every((each) => each.misnamed.exchanged),
        }
      : null,
    cases: training.filter(isMisnamed).length,
  };
}

function imageOf(
  { path, channel, fault, others, isOneMore }: MisnamedImagePath,
  caseName: string,
): MisnamedImage {
  return { ...renamed(path, `${caseName}_${String(channel).padStart(4, "0")}`), fault, others, isOneMore };
}

function renamed(path: string, stem: string): Misnamed {
  return { from: baseName(path), to: stem + endingInFolder(endingOf(path)) };
}
