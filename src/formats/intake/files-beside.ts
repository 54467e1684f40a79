/** Finds files `X.nii.gz` with an `X.nii` beside them, whose voxels ITK takes for both. */
import { baseName } from "../../base/file-path.ts";
import { type DatasetFiles, ITSELF, TRAINING_FOLDERS } from "../../domain/dataset/dataset-files.ts";
import { folderOf, isClutter } from "../bytes/input-file.ts";
import type { ChosenInputs } from "./choose-inputs.ts";

/** niftilib looks for the other file in the case of the ending, and reads no endings of mixed case. */
const COMPRESSED = /(?<=\.nii)\.gz$|(?<=\.NII)\.GZ$/;

/** Folders of a dataset that nnU-Net reads but does not train on. */
const TEST_FOLDERS = ["imagesTs", "labelsTs"];

/** Checks whether a file is an `X.nii.gz` with an `X.nii` beside it. */
function hasUncompressed(path: string, all: ReadonlySet<string>): boolean {
  return COMPRESSED.test(path) && all.has(path.replace(COMPRESSED, ""));
}

/**
 * Looks among the opened files and, in a dataset folder, among all labels and images.
 * @param opened paths of the case's labels and images
 * @param known those of them that are known to lie beside an uncompressed one that was not opened
 * @returns names with their folders, those of the open case first; omitted without any
 */
export function filesBeside(
  { all, root, folder }: Pick<ChosenInputs, "all" | "root" | "folder">,
  opened: readonly string[],
  known: readonly string[] = [],
): Pick<DatasetFiles, "besides"> {
  const paths = new Set(all.map(({ path }) => path));
  const { labels, images } = folder?.folders ?? TRAINING_FOLDERS;
  const folders = new Set(
    [labels, images ?? TRAINING_FOLDERS.images, ...TEST_FOLDERS].map((name) => inside(root, name)),
  );
  const listed = root === null ? [] : [...paths].filter((path) => folders.has(folderOf(path))).sort();
  const found = [...new Set([...opened, ...listed])].filter(
    (path) => (hasUncompressed(path, paths) || known.includes(path)) && !isClutter(path),
  );
  return found.length > 0 ? { besides: found.map(nameOf) } : {};
}

const inside = (root: string | null, name: string) => `${root ?? ""}${name === ITSELF ? "" : `${name}/`}`;

/** "labelsTr/case.nii.gz" */
function nameOf(path: string): string {
  const folder = baseName(folderOf(path).slice(0, -1));
  return folder === "" ? path : `${folder}/${baseName(path)}`;
}
