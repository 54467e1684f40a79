/** What the names of the files of a dataset folder say to nnU-Net. */
import type { DatasetFolder, Misnamed, MisnamedFiles } from "../domain/dataset-files.ts";
import type { DatasetCase } from "./cases.ts";
import { baseName, endingOf, stemOf } from "./inputs.ts";

/**
 * The training cases beside one of them.
 * @param cases all that were found, of other datasets too
 * @returns null for a case that nnU-Net does not train on
 */
export function datasetFolder(chosen: DatasetCase, cases: readonly DatasetCase[]): DatasetFolder | null {
  if (!chosen.training) return null;
  const training = cases.filter(({ root, training: own }) => own && root === chosen.root);
  const paths = training.flatMap(({ labels, images }) => [labels, ...images]);
  return {
    trainingCases: training.length,
    endings: [...new Set(paths.map(endingOf))].sort(),
    misnamed: misnamedOf(chosen, training),
  };
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
  return { from: baseName(path), to: stem + endingOf(path) };
}
