/** Opened files, the options for opening them, and their names. */
import { baseName } from "../../base/file-path.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { FirstImage, Reader } from "../../domain/reader/reader.ts";
import { VOLUME_ENDING, VOXELS_ENDING } from "../../domain/reader/volume-endings.ts";
import { sideFile } from "./side-files.ts";

/** A file as the user opened it. */
export interface InputFile {
  /** Path relative to the opened folder, with "/" between folders; the bare name for a single file. */
  readonly path: string;
  readonly blob: Blob;
  /**
   * The file came from a server, which may have told the browser to unpack it, so its bytes need not match
   * the ending of its name.
   */
  readonly isFetched?: boolean;
}

/** Explicit roles, by path. Folders, names and content decide the rest. */
export interface OpenOptions {
  readonly labels?: readonly string[];
  readonly image?: string;
  /** The other channels of that image, in order. */
  readonly moreChannels?: readonly string[];
  readonly dataset?: string;
  readonly plans?: string;
  /** Table of label names and colours. */
  readonly labelTable?: string;
  /** One of `listCases`, for a dataset folder. */
  readonly caseName?: string;
  /**
   * The transpose of the open case, if there is one. Files named like images are then read as an image for
   * that case, not as labels.
   */
  readonly underlay?: Triple;
  /** The reader of that case. */
  readonly underlayReader?: Reader;
  /** Channels that its dataset.json names, if it has one. */
  readonly underlayChannels?: number;
  /** Leaves out the colours of regions that touch, where nothing is drawn. */
  readonly withoutColors?: boolean;
  /** Configuration that the plans must have. */
  readonly configuration?: string;
  /** Files `X.nii.gz` with an `X.nii` beside them that was not opened with them. */
  readonly besides?: readonly string[];
  /** Reader to use instead of nnU-Net's choice. */
  readonly reader?: Reader;
  /** The dataset's first training image, where it is known and not among the files; null for none. */
  readonly firstImage?: FirstImage | null;
}

export interface Progress {
  readonly step: string;
  /** 0 to 1 by bytes of the files, or null while unknown. */
  readonly fraction: number | null;
  readonly file: string | null;
}

/** Checks whether a name is that of a readable volume, or of its voxels or header. */
export function isVolumeName(path: string): boolean {
  return VOLUME_ENDING.test(path);
}

/** Checks whether a name is that of a volume, or of its header; a file with only the voxels is neither. */
export function isHeaderOrWhole(path: string): boolean {
  return isVolumeName(path) && !VOXELS_ENDING.test(path);
}

/** Returns the folders of a path, with the final "/"; "" at the top. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** Returns a file's name without folders and without its ending; ".nii.gz" and ".seg.nrrd" are one ending. */
export function stemOf(path: string): string {
  const name = baseName(path);
  const stem = name.replace(VOLUME_ENDING, "");
  return stem === name ? name.replace(/(?<=.)\.[^.]+$/, "") : stem;
}

/** Returns the part of a file's name after its stem: ".nii.gz". */
export function endingOf(path: string): string {
  return baseName(path).slice(stemOf(path).length);
}

/** Folders that operating systems and file servers create for themselves. */
const THEIR_FOLDERS = /^(__MACOSX|\$RECYCLE\.BIN|System Volume Information|@eaDir|lost\+found)$/i;

/** Recognises hidden files and files that operating systems leave in folders. */
export function isClutter(path: string): boolean {
  return (
    sideFile(path) !== null ||
    path.split("/").some((part) => part.startsWith(".") || THEIR_FOLDERS.test(part))
  );
}
