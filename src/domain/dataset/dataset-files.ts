/** Describes what the names of the opened files tell about their dataset. */
import { READER_ENDINGS } from "../reader/reader.ts";

/** A case and its dataset folder, as far as the names tell. */
export interface DatasetFiles {
  /** Name of the label file, without folders. */
  readonly labels: string;
  /** Ending of the label file: ".nii.gz". */
  readonly ending: string;
  /** Null if no dataset folder was opened. */
  readonly folder: DatasetFolder | null;
  /** Name of the first image file, without folders; omitted without an image. */
  readonly image?: string;
  /** Number of volumes in the first image file; nnU-Net treats each as a channel. */
  readonly imageVolumes?: number;
  /** Paths listed in dataset.json, as written there, that are missing from the opened folder. */
  readonly notThere?: readonly string[];
  /**
   * Labels and images `X.nii.gz` with an `X.nii` beside them, with their folders, those of the open case
   * first; omitted without any.
   */
  readonly besides?: readonly string[];
}

/** The training part of an nnU-Net dataset folder. */
export interface DatasetFolder {
  /** Name of the dataset folder; "" if unknown. */
  readonly name: string;
  readonly folders: CaseFolders;
  /**
   * Number of cases in `imagesTr`, which nnU-Net counts; null if they differ from those in `labelsTr`, or if
   * no images were opened.
   */
  readonly trainingCases: number | null;
  /** Cases per image ending, with or without labels: nnU-Net counts those of one ending. */
  readonly imageCases: Readonly<Record<string, number>>;
  /** For cases with a label file, the number of image files per ending, which nnU-Net counts. */
  readonly channels: readonly CaseImages[];
  /**
   * The parent folder if it holds dataset.json; omitted if dataset.json lies in this folder or its place is
   * unknown.
   */
  readonly definitionAbove?: string;
  /** Names of cases that lack a file; empty if no images were opened. */
  readonly unpaired: { readonly withoutLabels: readonly string[]; readonly withoutImage: readonly string[] };
  /** Distinct endings of its label and image files. */
  readonly endings: readonly string[];
  /** Set if every `.nii` among those lies beside a `.nii.gz` of the same name: `file-beside` reports them. */
  readonly isNiiBeside?: true;
  /** The misnamed files of the open case; null if nnU-Net finds both. */
  readonly misnamed: MisnamedFiles | null;
}

/** The image files of one case that nnU-Net finds. */
export interface CaseImages {
  readonly name: string;
  readonly ending: string;
  readonly images: number;
}

/** Names of the sibling folders that hold a case; {@link ITSELF} stands for the dataset folder. */
export interface CaseFolders {
  readonly labels: string;
  /** Null without a folder of images. */
  readonly images: string | null;
}

/** Stands for the dataset folder itself when files lie directly in it. */
export const ITSELF = ".";

/** Says where images and labels of a dataset folder lie, using its actual folder names. */
export function placesOf({ folders }: DatasetFolder): { readonly images: string; readonly labels: string } {
  const called = (name: string | null) =>
    name === null ? TRAINING_FOLDERS.images : name === ITSELF ? "this folder" : name;
  return { images: called(folders.images), labels: called(folders.labels) };
}

/** Folders that nnU-Net searches if dataset.json lists no files (`dataset`). */
export const TRAINING_FOLDERS: CaseFolders & { readonly images: string } = {
  labels: "labelsTr",
  images: "imagesTr",
};

/**
 * Files of a case that nnU-Net does not find: images must end in a channel number (`_0000`), label files must
 * not.
 */
export interface MisnamedFiles {
  readonly caseName: string;
  /** A label file with a channel number, and the name it needs; null if its name is right. */
  readonly labels: Misnamed | null;
  /** An image file without a channel number, and the name it needs; null if its name is right. */
  readonly image: MisnamedImage | null;
  /** Set if both have valid names but lie in each other's folder: the images, and whether all cases do. */
  readonly exchanged: { readonly images: readonly string[]; readonly everywhere: boolean } | null;
  /** Number of cases in the folder with such files, including this one. */
  readonly cases: number;
}

export interface Misnamed {
  readonly from: string;
  readonly to: string;
}

export interface MisnamedImage extends Misnamed {
  readonly fault: ImageFault;
  /** Number of other misnamed images of the case. */
  readonly others: number;
  /** True if the case also has correctly named images. */
  readonly isOneMore: boolean;
}

/**
 * Error in an image's name: no channel number, one that is not `_` and four digits, different letter case
 * from the case's name, or different leading zeros in its number.
 */
export type ImageFault = "no-number" | "other-number" | "letters" | "zeros";

/** Endings that some nnU-Net reader accepts (`supported_file_endings` in `nnunetv2/imageio`). */
const READABLE: ReadonlySet<string> = new Set([
  ...Object.values(READER_ENDINGS).flat(),
  // From `NaturalImage2DIO` and `Tiff3DIO`.
  ".png",
  ".bmp",
  ".tif",
  ".tiff",
]);

/** nnU-Net looks up readers by the lower-case ending, but finds files by the ending as written. */
export function nnunetReads(ending: string): boolean {
  return READABLE.has(ending.toLowerCase());
}

/**
 * The ending that a file needs in a dataset folder. 3D Slicer's segmentations are ordinary NRRD files, but
 * nnU-Net looks for `case.nrrd`, not `case.seg.nrrd`.
 */
export function endingInFolder(ending: string): string {
  return ending.replace(/\.seg(?=\.nrrd$)/i, "");
}

/** The ending shared by all files of a dataset, if certain and readable by nnU-Net; otherwise null. */
export function certainEnding(files: DatasetFiles | null): string | null {
  if (!files) return null;
  const own = files.folder ? endingInFolder(files.ending) : files.ending;
  if (!nnunetReads(own)) return null;
  return files.folder === null || files.folder.endings.every((ending) => ending === own) ? own : null;
}
