import { baseName, type InputFile, isClutter, stemOf } from "./inputs.ts";

/** One training case of an nnU-Net dataset folder; paths as in the files given. */
export interface DatasetCase {
  readonly name: string;
  readonly labels: string;
  /** Channels in order: `_0000`, `_0001`, … */
  readonly images: readonly string[];
  /** Where dataset.json and plans are looked for, with the final "/"; "" at the top. */
  readonly root: string;
}

// gt_segmentations is where nnU-Net keeps the label files in a preprocessed dataset folder.
const LABEL_PATH =
  /^(?<root>(?:.*\/)?)(?<folder>labels(?<split>Tr|Ts|Val)|gt_segmentations)\/(?<file>[^/]+)$/;

/**
 * The cases of an nnU-Net dataset folder, or of a folder that contains several; empty for anything else.
 *
 * Where there are several datasets, a case is named `dataset folder/case`.
 */
export function listCases(files: readonly InputFile[]): DatasetCase[] {
  const found = files.flatMap(({ path }) => {
    const parts = LABEL_PATH.exec(path)?.groups;
    const isHeaderOrWhole = /\.((nii|hdr)(\.gz)?|nrrd)$/i.test(path);
    if (!parts || !isHeaderOrWhole || isClutter(path)) return [];
    return [{ root: parts.root ?? "", split: parts.split ?? "Tr", path, stem: stemOf(path) }];
  });
  const images = imagesByCase(files);
  const roots = new Set(found.map(({ root }) => root));
  const names = new Set<string>();
  return found
    .sort((a, b) => compareNames(a.path, b.path))
    .map(({ root, split, path, stem }) => {
      const short = roots.size > 1 ? `${baseName(root.slice(0, -1))}/${stem}` : stem;
      const name = names.has(short) ? path.slice(0, -baseName(path).length) + stem : short;
      names.add(name);
      return { name, labels: path, images: images.get(`${root}images${split}/${stem}`) ?? [], root };
    });
}

function imagesByCase(files: readonly InputFile[]): Map<string, string[]> {
  const images = new Map<string, string[]>();
  for (const { path } of [...files].sort((a, b) => compareNames(a.path, b.path))) {
    const key = /^(.*)_\d{4}\.(?:(?:nii|hdr)(?:\.gz)?|nrrd)$/i.exec(path)?.[1];
    if (key === undefined || isClutter(path)) continue;
    images.set(key, [...(images.get(key) ?? []), path]);
  }
  return images;
}

function compareNames(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
