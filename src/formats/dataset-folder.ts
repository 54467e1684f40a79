/** What the names of the files of a dataset folder say to nnU-Net. */
import {
  type DatasetFolder,
  endingInFolder,
  type Misnamed,
  type MisnamedFiles,
} from "../domain/dataset-files.ts";
import type { DatasetCase } from "./cases.ts";
import { baseName, endingOf, folderOf, type InputFile, isClutter, isVolumeName, stemOf } from "./inputs.ts";

/**
 * The training cases beside one of them.
 * @param cases all that were found, of other datasets too
 * @param files those among which they were found
 * @returns null for a case that nnU-Net does not train on
 */
export function datasetFolder(
  chosen: DatasetCase,
  cases: readonly DatasetCase[],
  files: readonly InputFile[],
): DatasetFolder | null {
  if (!chosen.training) return null;
  const training = cases.filter(({ root, training: own }) => own && root === chosen.root);
  const paths = training.flatMap(({ labels, images }) => [labels, ...images]);
  return {
    ...casesOf(chosen.root, training, files),
    endings: [...new Set(paths.map((path) => endingInFolder(endingOf(path))))].sort(),
    misnamed: misnamedOf(chosen, training),
  };
}

/** The cases that nnU-Net counts: those of `imagesTr`, with labels or without. */
function casesOf(
  root: string,
  training: readonly DatasetCase[],
  files: readonly InputFile[],
): Pick<DatasetFolder, "trainingCases" | "unpaired"> {
  const withoutImage = training.filter(({ images }) => images.length === 0).map(({ name }) => baseName(name));
  const paired = new Set(training.flatMap(({ images }) => images));
  const unpaired = files.filter(({ path }) => isImage(path, root) && !paired.has(path));
  const withoutLabels = [...new Set(unpaired.map(({ path }) => stemOf(path).replace(/_\d{4}$/, "")))].sort();
  if (paired.size + unpaired.length === 0) {
    return { trainingCases: null, unpaired: { withoutLabels: [], withoutImage: [] } };
  }
  const areAllPaired = withoutLabels.length + withoutImage.length === 0;
  return {
    trainingCases: areAllPaired ? training.length : null,
    unpaired: { withoutLabels, withoutImage },
  };
}

/** The voxels beside a header (`.img`) are no file of their own. */
function isImage(path: string, root: string): boolean {
  const isVolume = isVolumeName(path) && !/\.img(\.gz)?$/i.test(path);
  return folderOf(path) === `${root}imagesTr/` && isVolume && !isClutter(path);
}

/** The first training case that nnU-Net does not find; null where it finds all. */
export function firstMisnamed(cases: readonly DatasetCase[]): MisnamedFiles | null {
  const first = cases.find((one) => one.training && isMisnamed(one));
  return first
    ? misnamedOf(
        first,
        cases.filter(({ root, training }) => training && root === first.root),
      )
    : null;
}

const isMisnamed = ({ misnamed }: DatasetCase) => misnamed.labels || misnamed.image;

function misnamedOf(one: DatasetCase, training: readonly DatasetCase[]): MisnamedFiles | null {
  if (!isMisnamed(one)) return null;
  const { labels, images, misnamed, name } = one;
  const [image = ""] = images;
  // A case may be named with its dataset.
  const caseName = baseName(name);
  return {
    caseName,
    labels: misnamed.labels ? renamed(labels, caseName) : null,
    image: misnamed.image ? renamed(image, `${stemOf(image)}_0000`) : null,
    cases: training.filter(isMisnamed).length,
  };
}

function renamed(path: string, stem: string): Misnamed {
  return { from: baseName(path), to: stem + endingInFolder(endingOf(path)) };
}
