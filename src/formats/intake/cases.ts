/** Lists the cases of dataset folders. */

import { baseName } from "../../base/file-path.ts";
import type { CaseFolders } from "../../domain/dataset/dataset-files.ts";
import { endingOf, folderOf, type InputFile, stemOf } from "../bytes/input-file.ts";
import type { CasePair } from "./case-pairs.ts";
import { byPathOrder } from "./roles.ts";
import { pairedFolders } from "./training-folders.ts";

/** One case of an nnU-Net dataset folder; paths are those of the given files. */
export interface DatasetCase extends CasePair {
  /** Folder of dataset.json and plans, with the final "/"; "" at the top. */
  readonly root: string;
  /** Folders of the case, inside `root`. */
  readonly folders: CaseFolders;
  /** nnU-Net trains on it: it is in `labelsTr` or a folder meant as that, or in a preprocessed folder. */
  readonly training: boolean;
}

/**
 * Lists the cases of an nnU-Net dataset folder, or of a folder that contains several; empty for anything
 * else. Pairs folders and files even if nnU-Net would not find them by name.
 *
 * If there are several datasets, a case is named `dataset folder/case`.
 */
export function listCases(files: readonly Pick<InputFile, "path">[]): DatasetCase[] {
  const found = pairedFolders(files);
  const roots = new Set(found.map(({ root }) => root));
  const names = new Set<string>();
  const endings = new Set<string>();
  return found
    .flatMap(({ root, split, folders, pairs }) => pairs.map((pair) => ({ root, split, folders, pair })))
    .sort((a, b) => byPair(a.pair, b.pair))
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

/**
 * Sorts label files of the same name so that the one with the ending of its images comes first, because
 * nnU-Net uses it, and compressed ones before others, because nnU-Net's datasets mostly are.
 */
function byPair(a: CasePair, b: CasePair): number {
  const stem = ({ labels }: CasePair) => folderOf(labels) + stemOf(labels);
  const isOther = ({ labels, images: [image = labels] }: CasePair) =>
    Number(endingOf(labels) !== endingOf(image));
  const isPlain = ({ labels }: CasePair) => Number(!/\.gz$/i.test(labels));
  return (
    byPathOrder(stem(a), stem(b)) ||
    isOther(a) - isOther(b) ||
    isPlain(a) - isPlain(b) ||
    byPathOrder(a.labels, b.labels)
  );
}
