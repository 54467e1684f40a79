import type { CaseFolders } from "../../domain/dataset/dataset-files.ts";
import { baseName, endingOf, folderOf, type InputFile, stemOf } from "../bytes/input-file.ts";
import type { CasePair } from "./case-pairs.ts";
import { comparePaths } from "./roles.ts";
import { pairedFolders } from "./training-folders.ts";

/** One case of an nnU-Net dataset folder; paths as in the files given. */
export interface DatasetCase extends CasePair {
  /** Where dataset.json and plans are looked for, with the final "/"; "" at the top. */
  readonly root: string;
  /** The folders in it where the case lies. */
  readonly folders: CaseFolders;
  /**
   * nnU-Net trains on it: it lies in `labelsTr`, or what is meant to be that, or in a preprocessed folder.
   */
  readonly training: boolean;
}

/**
 * The cases of an nnU-Net dataset folder, or of a folder that contains several; empty for anything else.
 * Folders and files are brought together even where nnU-Net would not find them by their names.
 *
 * Where there are several datasets, a case is named `dataset folder/case`.
 */
export function listCases(files: readonly InputFile[]): DatasetCase[] {
  const found = pairedFolders(files);
  const roots = new Set(found.map(({ root }) => root));
  const names = new Set<string>();
  const endings = new Set<string>();
  return found
    .flatMap(({ root, split, folders, pairs }) => pairs.map((pair) => ({ root, split, folders, pair })))
    .sort((a, b) => comparePairs(a.pair, b.pair))
    .map(({ root, split, folders, pair }) => {
      const short = roots.size > 1 ? `${baseName(root.slice(0, -1))}/${pair.name}` : pair.name;
      const { labels } = pair;
      const isSpare = endings.has(folderOf(labels) + pair.name);
      endings.add(folderOf(labels) + pair.name);
      const full = folderOf(labels) + (isSpare ? baseName(labels) : pair.name);
      const name = [short, ...(isSpare ? [baseName(labels)] : [])].find((one) => !names.has(one)) ?? full;
      names.add(name);
      return { ...pair, name, root, folders, training: split === "Tr" };
    });
}

/** Of label files of one name, that with the ending of its images comes first: nnU-Net takes it. */
function comparePairs(a: CasePair, b: CasePair): number {
  const stem = ({ labels }: CasePair) => folderOf(labels) + stemOf(labels);
  const isOther = ({ labels, images: [image = labels] }: CasePair) =>
    Number(endingOf(labels) !== endingOf(image));
  return comparePaths(stem(a), stem(b)) || isOther(a) - isOther(b) || comparePaths(a.labels, b.labels);
}
