/** Lists all cases of one dataset folder by the names of its files, for checking them. */
import { byCodePoint } from "../../base/by-code-point.ts";
import { groupBy } from "../../base/group-by.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { ITSELF, TRAINING_FOLDERS } from "../../domain/dataset/dataset-files.ts";
import type { ListedCase } from "../../domain/dataset-check/check-file.ts";
import { endingOf, folderOf, isClutter, isHeaderOrWhole, stemOf } from "../bytes/input-file.ts";
import { withoutChannel } from "./case-pairs.ts";
import { listCases } from "./cases.ts";
import { byPathOrder } from "./roles.ts";

type Listed = Omit<ListedCase, "prediction">;

interface DatasetCases {
  /** Sorted by name, by code point. */
  readonly cases: readonly Listed[];
  /** Names of cases with images in `imagesTs`, sorted likewise. */
  readonly testCases: readonly string[];
  /**
   * Names of the cases that nnU-Net finds and splits into folds: those with images that end in the dataset's
   * `file_ending` (nnU-Net 2.8.1, `get_filenames_of_train_images_and_targets`). Where no image does, those
   * with images, and where no case has any, all.
   */
  readonly splitCases: readonly string[];
  /** Path of the image on which nnU-Net tries its readers for the whole dataset; null without images. */
  readonly firstImage: string | null;
}

/** Only there to be in front of every path: the name of the dataset folder. */
const TOP = "dataset/";
const TEST_IMAGES = `${TOP}imagesTs/`;

/**
 * Lists the cases of a dataset folder: those that its dataset.json lists, else those of `labelsTr` and
 * `imagesTr`, or of folders meant as such, with the page's rules for names that are nearly right.
 *
 * Of several files of one name, the one with the dataset's `file_ending` counts, else the compressed one. A
 * case has its labels, its images, or both.
 *
 * @param paths of the files in the dataset folder and in the folders in it, relative to it, with "/"
 * @param expand replaces environment variables in the paths that dataset.json lists, as nnU-Net does
 */
export function datasetCases(
  paths: readonly string[],
  definition: DatasetDefinition | null,
  expand: (path: string) => string,
): DatasetCases {
  const inside = oneOfEach(
    paths.map((path) => TOP + path),
    definition?.fileEnding ?? null,
  );
  const found = definition?.keys.includes("dataset")
    ? listedCases(definition, expand)
    : casesInFolders(inside);
  const cases = found.toSorted((a, b) => byCodePoint(a.name, b.name));
  const isListing = definition?.keys.includes("dataset") ?? false;
  const ending = isListing ? null : (definition?.fileEnding ?? null);
  const splitCases = casesToSplit(cases, ending);
  // nnU-Net takes the first case that dataset.json lists, and of folders the first by name.
  const { images = [] } = (isListing ? found : splitCases)[0] ?? {};
  return {
    cases,
    testCases: sortedNames(inside.filter((path) => folderOf(path) === TEST_IMAGES && isVolume(path))),
    firstImage: images.find((path) => endingOf(path) === ending) ?? images[0] ?? null,
    splitCases: splitCases.map(({ name }) => name),
  };
}

/**
 * A `file_ending` that no image has is a finding of the dataset, and hides no case.
 * @param ending null where it does not decide
 */
function casesToSplit(cases: readonly Listed[], ending: string | null): readonly Listed[] {
  const withImages = cases.filter(({ images }) => images.length > 0);
  const found = withImages.filter(({ images }) => images.some((path) => endingOf(path) === ending));
  return [found, withImages].find((some) => some.length > 0) ?? cases;
}

/**
 * Finds the prediction of each case: the file with its name, with the ending of its labels if there are
 * several.
 * @param files names of the files in the folder of predictions
 */
export function withPredictions(cases: readonly Listed[], files: readonly string[] | null): ListedCase[] {
  const byName = groupBy(
    (files ?? []).filter((file) => isVolume(file)),
    stemOf,
  );
  return cases.map(({ name, labels, images }) => {
    const found = (byName.get(name) ?? []).toSorted(byPathOrder);
    const same = found.find((file) => endingOf(file) === endingOf(labels ?? ""));
    return { name, labels, images, prediction: same ?? found[0] ?? null };
  });
}

const isVolume = (path: string) => isHeaderOrWhole(path) && !isClutter(path);

/** Names of the cases of images, without channel numbers. */
function sortedNames(images: readonly string[]): string[] {
  return [...new Set(images.map(caseOf))].sort(byCodePoint);
}

const caseOf = (path: string) => withoutChannel(stemOf(path)) ?? stemOf(path);

function oneOfEach(paths: readonly string[], fileEnding: string | null): string[] {
  const [whole, others] = [paths.filter(isVolume), paths.filter((path) => !isVolume(path))];
  const byStem = groupBy(whole, (path) => folderOf(path) + stemOf(path));
  const kept = [...byStem.values()].flatMap((alike) => {
    const sorted = alike.toSorted(byPathOrder);
    const best = [fileEnding, ".nii.gz"].flatMap((ending) =>
      sorted.filter((one) => endingOf(one) === ending),
    );
    return [...best, ...sorted].slice(0, 1);
  });
  return [...kept, ...others];
}

function casesInFolders(inside: readonly string[]): Listed[] {
  const files = inside.map((path) => ({ path }));
  const cases = listCases(files).filter(({ root, training }) => training && root === TOP);
  const listed = cases.map(({ name, labels, images }): Listed => {
    return { name, labels: below(labels), images: images.map(below) };
  });
  const { images = TRAINING_FOLDERS.images } = cases[0]?.folders ?? TRAINING_FOLDERS;
  const folder = images === ITSELF ? TOP : `${TOP}${images}/`;
  const isTaken = new Set(
    cases.flatMap(({ labels, images: own, spareImages = [] }) => [labels, ...own, ...spareImages]),
  );
  const left = inside.filter(
    (path) =>
      folderOf(path) === folder &&
      isVolume(path) &&
      !isTaken.has(path) &&
      (images !== ITSELF || withoutChannel(stemOf(path)) !== null),
  );
  const names = new Set(cases.map(({ name }) => name));
  const withoutLabels = [...groupBy(left, caseOf)].filter(([name]) => !names.has(name));
  return [
    ...listed,
    ...withoutLabels.map(([name, own]) => ({
      name,
      labels: null,
      images: own.toSorted(byPathOrder).map(below),
    })),
  ];
}

const below = (path: string) => path.slice(TOP.length);

function listedCases({ listed = [] }: DatasetDefinition, expand: (path: string) => string): Listed[] {
  return listed.map(({ name, images, label }) => ({
    name,
    labels: label === null ? null : expand(label),
    images: images.map(expand),
  }));
}
