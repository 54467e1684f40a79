import { endingInFolder } from "../domain/dataset-files.ts";
import { baseName, endingOf, type InputFile, isClutter, stemOf } from "./inputs.ts";

/** One case of an nnU-Net dataset folder; paths as in the files given. */
export interface DatasetCase {
  readonly name: string;
  readonly labels: string;
  /** Channels in order: `_0000`, `_0001`, … */
  readonly images: readonly string[];
  /** Where dataset.json and plans are looked for, with the final "/"; "" at the top. */
  readonly root: string;
  /** nnU-Net trains on it: it lies in `labelsTr`, or in a preprocessed folder. */
  readonly training: boolean;
  /** What nnU-Net does not find by its name, though it is there. */
  readonly misnamed: { readonly labels: boolean; readonly image: boolean };
}

// gt_segmentations is where nnU-Net keeps the label files in a preprocessed dataset folder.
const LABEL_PATH =
  /^(?<root>(?:.*\/)?)(?<folder>labels(?<split>Tr|Ts|Val)|gt_segmentations)\/(?<file>[^/]+)$/;

interface LabelFile {
  readonly root: string;
  readonly split: string;
  readonly path: string;
  readonly stem: string;
}

/**
 * The cases of an nnU-Net dataset folder, or of a folder that contains several; empty for anything else.
 * Images and labels are brought together even where nnU-Net would not find them, for want of a channel number
 * on the image or for one on the labels.
 *
 * Where there are several datasets, a case is named `dataset folder/case`.
 */
export function listCases(files: readonly InputFile[]): DatasetCase[] {
  const found = files.flatMap(({ path }): LabelFile[] => {
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
    .map((file) => {
      const { root, split, path } = file;
      const pair = pairOf(file, images, found);
      const short = roots.size > 1 ? `${baseName(root.slice(0, -1))}/${pair.name}` : pair.name;
      const name = names.has(short) ? path.slice(0, -baseName(path).length) + pair.name : short;
      names.add(name);
      const misnamed = { ...pair.misnamed, labels: pair.misnamed.labels || hasEndingOfItsOwn(path) };
      return { ...pair, name, misnamed, labels: path, root, training: split === "Tr" };
    });
}

/** 3D Slicer's segmentations (`case.seg.nrrd`), where nnU-Net looks for `case.nrrd`. */
function hasEndingOfItsOwn(path: string): boolean {
  const ending = endingOf(path);
  return ending !== endingInFolder(ending);
}

/**
 * A label file with its image: as nnU-Net pairs them, else with the channel number where it should not be, or
 * not where it should.
 */
function pairOf(
  { root, split, stem, path }: LabelFile,
  images: Images,
  all: readonly LabelFile[],
): Pick<DatasetCase, "name" | "images" | "misnamed"> {
  const folder = `${root}images${split}/`;
  const right = images.numbered.get(folder + stem);
  if (right) return { name: stem, images: right, misnamed: { labels: false, image: false } };
  const name = /^(.+)_0000$/.exec(stem)?.[1];
  // Where case_0000 stands beside case_0001, the number is the case's own.
  const isChannel =
    name !== undefined &&
    !all.some(
      (other) => other.path !== path && other.root === root && other.stem.replace(/_\d{4}$/, "") === name,
    );
  if (isChannel) {
    const numbered = images.numbered.get(folder + name);
    if (numbered) return { name, images: numbered, misnamed: { labels: true, image: false } };
    const whole = images.whole.get(folder + name);
    if (whole) return { name, images: [whole], misnamed: { labels: true, image: true } };
  }
  const whole = images.whole.get(folder + stem);
  if (whole) return { name: stem, images: [whole], misnamed: { labels: false, image: true } };
  return { name: stem, images: [], misnamed: { labels: false, image: false } };
}

/** Paths of volumes by their folder and name. */
interface Images {
  /** By the name without the channel number, channels in order. */
  readonly numbered: ReadonlyMap<string, readonly string[]>;
  /** By the whole name, of all volumes. */
  readonly whole: ReadonlyMap<string, string>;
}

function imagesByCase(files: readonly InputFile[]): Images {
  const numbered = new Map<string, string[]>();
  const whole = new Map<string, string>();
  for (const { path } of [...files].sort((a, b) => compareNames(a.path, b.path))) {
    const key = /^(.*)\.(?:(?:nii|hdr)(?:\.gz)?|nrrd)$/i.exec(path)?.[1];
    if (key === undefined || isClutter(path)) continue;
    if (!whole.has(key)) whole.set(key, path);
    const of = /^(.*)_\d{4}$/.exec(key)?.[1];
    if (of !== undefined) numbered.set(of, [...(numbered.get(of) ?? []), path]);
  }
  return { numbered, whole };
}

function compareNames(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
