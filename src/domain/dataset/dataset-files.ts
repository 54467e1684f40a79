/** What the names of the opened files say of the dataset they belong to. */
import { READER_ENDINGS } from "../reader/reader.ts";

/** A case with its dataset folder, as far as names tell. */
export interface DatasetFiles {
  /** Name of the label file, without folders. */
  readonly labels: string;
  /** Of the label file: ".nii.gz". */
  readonly ending: string;
  /** Null where what was opened is no dataset folder. */
  readonly folder: DatasetFolder | null;
  /** Name of the first image file, without folders; left out without one. */
  readonly image?: string;
  /** Volumes of the first image file, each of which nnU-Net takes for a channel. */
  readonly imageVolumes?: number;
  /** Files that dataset.json lists and that are not in the folder that was opened with it, as it has them. */
  readonly notThere?: readonly string[];
}

/** The training part of an nnU-Net dataset folder. */
export interface DatasetFolder {
  /** Of the dataset folder itself; "" where it is not known. */
  readonly name: string;
  readonly folders: CaseFolders;
  /**
   * Cases in `imagesTr`, which nnU-Net counts; null where they are not those of `labelsTr`, or none were
   * opened.
   */
  readonly trainingCases: number | null;
  /**
   * The same by the ending of their images, whether they have labels or not: nnU-Net counts those of one
   * ending.
   */
  readonly imageCases: Readonly<Record<string, number>>;
  /**
   * Of cases with a label file: how many image files each has of one ending, by which nnU-Net counts them.
   */
  readonly channels: readonly CaseImages[];
  /**
   * The folder that holds dataset.json, where that is the one above this folder; left out where it lies in
   * it, or is not known.
   */
  readonly definitionAbove?: string;
  /** Names of cases that lack one of their files; none where no images were opened. */
  readonly unpaired: { readonly withoutLabels: readonly string[]; readonly withoutImage: readonly string[] };
  /** Of its label and image files, each once. */
  readonly endings: readonly string[];
  /** Of the open case; null where nnU-Net finds both of its files. */
  readonly misnamed: MisnamedFiles | null;
}

/** The image files of one case that nnU-Net finds. */
export interface CaseImages {
  readonly name: string;
  readonly ending: string;
  readonly images: number;
}

/**
 * The folders side by side in which a case lies, as they are called; {@link ITSELF} is the dataset folder.
 */
export interface CaseFolders {
  readonly labels: string;
  /** Null where there is no folder of images. */
  readonly images: string | null;
}

/** In place of the name of a folder, where files lie in the dataset folder itself. */
export const ITSELF = ".";

/** Where images and labels of a dataset folder lie, in words: by the names that its folders have. */
export function placesOf({ folders }: DatasetFolder): { readonly images: string; readonly labels: string } {
  const called = (name: string | null) =>
    name === null ? TRAINING_FOLDERS.images : name === ITSELF ? "this folder" : name;
  return { images: called(folders.images), labels: called(folders.labels) };
}

/** Folders that nnU-Net looks for in a dataset that lists no files of its own (`dataset` of dataset.json). */
export const TRAINING_FOLDERS: CaseFolders & { readonly images: string } = {
  labels: "labelsTr",
  images: "imagesTr",
};

/**
 * Files of a case that nnU-Net does not find: images end in a channel number (`_0000`), label files do not.
 */
export interface MisnamedFiles {
  readonly caseName: string;
  /** A label file with a channel number, and the name it needs; null where it has that. */
  readonly labels: Misnamed | null;
  /** An image file without a channel number, and the name it needs; null where it has that. */
  readonly image: MisnamedImage | null;
  /** Where both have right names and lie in each other's folder: the images, and whether all cases do. */
  readonly exchanged: { readonly images: readonly string[]; readonly everywhere: boolean } | null;
  /** Cases of the folder with such files, this one included. */
  readonly cases: number;
}

export interface Misnamed {
  readonly from: string;
  readonly to: string;
}

export interface MisnamedImage extends Misnamed {
  readonly fault: ImageFault;
  /** Such images of the case besides. */
  readonly others: number;
  /** The case has images that are called as they should be. */
  readonly isOneMore: boolean;
}

/**
 * What an image lacks: any channel number, one of four digits behind `_`, the case's name in the same
 * letters, small or capital, or with the same zeros before its number.
 */
export type ImageFault = "no-number" | "other-number" | "letters" | "zeros";

/** Endings that some reader of nnU-Net takes (`supported_file_endings` in `nnunetv2/imageio`). */
const READABLE: ReadonlySet<string> = new Set([
  ...Object.values(READER_ENDINGS).flat(),
  // Of `NaturalImage2DIO` and `Tiff3DIO`.
  ".png",
  ".bmp",
  ".tif",
  ".tiff",
]);

/** nnU-Net looks endings up in lower case, and files by the ending as it is written. */
export function nnunetReads(ending: string): boolean {
  return READABLE.has(ending.toLowerCase());
}

/**
 * The ending that a file needs in a dataset folder: 3D Slicer's segmentations are NRRD files like others, but
 * nnU-Net looks for `case.nrrd` and not for `case.seg.nrrd`.
 */
export function endingInFolder(ending: string): string {
  return ending.replace(/\.seg(?=\.nrrd$)/i, "");
}

/** The one ending of all files of a dataset, where it is certain and nnU-Net reads it; null elsewhere. */
export function certainEnding(files: DatasetFiles | null): string | null {
  if (!files) return null;
  const own = files.folder ? endingInFolder(files.ending) : files.ending;
  if (!nnunetReads(own)) return null;
  return files.folder === null || files.folder.endings.every((ending) => ending === own) ? own : null;
}
