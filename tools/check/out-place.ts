/** Refuses a folder for the results in which they would mix with the files of the dataset. */
import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { ListedCase } from "../../src/domain/dataset-check/check-file.ts";
import { Failure } from "../run.ts";

/** Folders that nnU-Net reads, in the folder of a dataset. */
const READ_BY_NNUNET = ["imagesTr", "labelsTr", "imagesTs", "labelsTs"];
const REFUSED = 2;

interface Places {
  /** Absolute path of the folder for the results, which need not exist. */
  readonly out: string;
  /** Absolute path of the dataset. */
  readonly dataset: string;
  /** Absolute path of the folder of predictions; null without them. */
  readonly predictions: string | null;
}

/**
 * A new folder in that of the dataset is allowed, where nnU-Net does not look.
 *
 * @param given the folder for the results as the user wrote it
 * @param cases whose files may lie anywhere
 * @throws Failure with exit code 2 for the dataset itself, a folder above it, and folders with its files
 */
export function assertOwnFolder(given: string, places: Places, cases: readonly ListedCase[]): void {
  const [out, dataset] = [real(places.out), real(places.dataset)];
  const refuse = (what: string) => new Failure(`${given}: ${what}. Name another folder.`, REFUSED);
  if (out === dataset) throw refuse("this is the dataset itself");
  if (isIn(dataset, out)) throw refuse(`the dataset ${basename(dataset)} is in this folder`);
  const predictions = places.predictions === null ? null : real(places.predictions);
  if (predictions !== null && isIn(out, predictions)) throw refuse("the predictions are in this folder");
  const files = cases.flatMap(({ labels, images }) => [...(labels === null ? [] : [labels]), ...images]);
  const folders = [
    ...READ_BY_NNUNET.map((name) => join(dataset, name)),
    ...new Set(files.map((file) => dirname(resolve(dataset, file)))),
  ];
  const full = folders.map(real).find((folder) => folder !== dataset && isIn(out, folder));
  if (full !== undefined) {
    const name = isIn(full, dataset) ? relative(dataset, full).replaceAll(sep, "/") : full;
    throw refuse(`${name} holds files of the dataset, and nothing else belongs there`);
  }
}

/** Whether a path is the folder or lies below it. */
function isIn(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** The path without links, as far as it exists. */
function real(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(real(above), basename(path));
  }
}
