/** Guesses from names whether a volume is labels or an image. */
import { baseName, type InputFile, stemOf } from "../bytes/input-file.ts";

type Role = "labels" | "image";

/** Ending of 3D Slicer's segmentations. */
const SEGMENTATION = /\.seg\.nrrd$/i;
const LABEL_FOLDER = /^(labels?(tr|ts|val)?|gt_segmentations|seg(mentation)?s?|masks?)$/i;
const IMAGE_FOLDER = /^images?(tr|ts|val)?$/i;
const LABEL_WORD = /^(seg|label|mask|msk|dseg|aseg|aparc|parc)/i;
// The suffixes of BIDS and other common names of images.
const IMAGE_WORD =
  /^(image|images|img|ct|cta|mr|mri|t1|t1w|t2|t2w|t1c|t1ce|t1n|t2f|flair|adc|dwi|bold|pet|us)$/i;

/**
 * Guesses the role of a volume by folder and name: nnU-Net's folders and channel suffix (`_0000`), then the
 * last word of the name (as in BIDS), then any word.
 */
export function roleByName(path: string): Role | null {
  const role = roleByFolder(path);
  if (role) return role;
  if (SEGMENTATION.test(path)) return "labels";
  const stem = stemOf(path);
  if (/_\d{4}$/.test(stem)) return "image";
  const words = stem.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return roleOfWord(words.at(-1)) ?? firstRole(words);
}

/** Decides by the nearest folder with a telling name. */
export function roleByFolder(path: string): Role | null {
  const folders = path.split("/").slice(0, -1).reverse();
  for (const folder of folders) {
    if (LABEL_FOLDER.test(folder)) return "labels";
    if (IMAGE_FOLDER.test(folder)) return "image";
  }
  return null;
}

function firstRole(words: readonly string[]): Role | null {
  if (words.some((word) => LABEL_WORD.test(word))) return "labels";
  return words.some((word) => IMAGE_WORD.test(word)) ? "image" : null;
}

export function roleOfWord(word: string | undefined): Role | null {
  if (word === undefined) return null;
  if (LABEL_WORD.test(word)) return "labels";
  return IMAGE_WORD.test(word) ? "image" : null;
}

/** Splits nnU-Net's channel suffix from the name; null without a suffix. */
export function channelOf(path: string): { readonly of: string; readonly channel: number } | null {
  const match = /^(.*)_(\d{4})$/.exec(stemOf(path));
  if (!match) return null;
  const folder = path.slice(0, -baseName(path).length);
  return { of: folder + (match[1] ?? ""), channel: Number(match[2]) };
}

const NATURAL = new Intl.Collator("en", { numeric: true });

/** Natural order: `rib_2` before `rib_10`. */
export const byPathOrder = (a: string, b: string): number => NATURAL.compare(a, b);

export function byPath(a: Pick<InputFile, "path">, b: Pick<InputFile, "path">): number {
  return byPathOrder(a.path, b.path);
}
