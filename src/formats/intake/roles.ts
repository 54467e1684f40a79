/** Guesses from names whether a volume is labels or an image. */
import { baseName } from "../../base/file-path.ts";
import { type InputFile, stemOf } from "../bytes/input-file.ts";

type Role = "labels" | "image";

/** Ending of 3D Slicer's segmentations. */
const SEGMENTATION = /\.seg\.nrrd$/i;
const LABEL_FOLDER = /^(labels?(tr|ts|val)?|gt_segmentations|seg(mentation)?s?|masks?)$/i;
const IMAGE_FOLDER = /^images?(tr|ts|val)?$/i;
const LABEL_PART = /^(seg|label|mask|msk|dseg|aseg|aparc|parc)/i;
// The suffixes of BIDS and other common names of images.
const IMAGE_PART =
  /^(image|images|img|ct|cta|mr|mri|t1|t1w|t2|t2w|t1c|t1ce|t1n|t2f|flair|adc|dwi|bold|pet|us)$/i;

/**
 * Guesses the role of a volume: first by its folder, then by `.seg.nrrd` or nnU-Net's channel suffix
 * (`_0000`), then by the last part of its name (as in BIDS), then by any part.
 */
export function roleByName(path: string): Role | null {
  const role = roleByFolder(path);
  if (role) return role;
  if (SEGMENTATION.test(path)) return "labels";
  const stem = stemOf(path);
  if (/_\d{4}$/.test(stem)) return "image";
  const parts = stem.split(/[^A-Za-z0-9]+/).filter((part) => part !== "");
  return roleOfPart(parts.at(-1)) ?? firstRole(parts);
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

function firstRole(parts: readonly string[]): Role | null {
  if (parts.some((part) => LABEL_PART.test(part))) return "labels";
  return parts.some((part) => IMAGE_PART.test(part)) ? "image" : null;
}

export function roleOfPart(part: string | undefined): Role | null {
  if (part === undefined) return null;
  if (LABEL_PART.test(part)) return "labels";
  return IMAGE_PART.test(part) ? "image" : null;
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
