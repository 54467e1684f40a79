import { baseName } from "../../base/file-path.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import { sideFile } from "./side-files.ts";

export { baseName, toldApartNames } from "../../base/file-path.ts";

/** A file as it was opened. */
export interface InputFile {
  /** With "/" between folders, relative to the folder that was opened; a bare name for a single file. */
  readonly path: string;
  readonly blob: Blob;
  /**
   * It came from a server, which may have told the browser to unpack it: its bytes say nothing of its name.
   */
  readonly isFetched?: boolean;
}

/** Explicit roles, by path; what is left out is told from folders, names and content. */
export interface OpenOptions {
  readonly labels?: readonly string[];
  readonly image?: string;
  readonly dataset?: string;
  readonly plans?: string;
  /** A table of label names and colours. */
  readonly labelTable?: string;
  /** One of `listCases`, for a dataset folder. */
  readonly caseName?: string;
  /**
   * Set where a case is open: files that are called like images are read as an image for it, not as labels.
   * Its value is the transpose of that case.
   */
  readonly underlay?: Triple;
  /** The reader of that case. */
  readonly underlayReader?: Reader;
  /** A configuration that the plans must have. */
  readonly configuration?: string;
  /** The reader to go by, whatever nnU-Net would take. */
  readonly reader?: Reader;
}

export interface Progress {
  readonly step: string;
  /** 0 to 1 by bytes of the files, or null while unknown. */
  readonly fraction: number | null;
  readonly file: string | null;
}

const VOLUME_ENDING = /(\.(nii|hdr|img)(\.gz)?|(\.seg)?\.nrrd)$/i;

/** Whether a file is called like a volume that can be read, its voxels or its header. */
export function isVolumeName(path: string): boolean {
  return VOLUME_ENDING.test(path);
}

/** The folders of a path, with the final "/"; "" at the top. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** A file's name without its folders and without .nii, .nii.gz, .hdr, .img, .nrrd or .seg.nrrd. */
export function stemOf(path: string): string {
  const name = baseName(path);
  const stem = name.replace(VOLUME_ENDING, "");
  return stem === name ? name.replace(/(?<=.)\.[^.]+$/, "") : stem;
}

/** The rest of a file's name, behind its stem: ".nii.gz". */
export function endingOf(path: string): string {
  return baseName(path).slice(stemOf(path).length);
}

/** Names under which the voxels of a header-only NIfTI file (`.hdr`) may lie next to it. */
export function partnerNames(path: string): string[] {
  const match = /^(.*)\.(hdr|nii)(\.gz)?$/i.exec(path);
  const stem = match?.[1] ?? path;
  return ["img", "IMG"].flatMap((ending) => [`${stem}.${ending}`, `${stem}.${ending}.gz`]);
}

/** Folders that operating systems and file servers keep for themselves. */
const THEIR_FOLDERS = /^(__MACOSX|\$RECYCLE\.BIN|System Volume Information|@eaDir|lost\+found)$/i;

/** Hidden files and what operating systems leave in folders. */
export function isClutter(path: string): boolean {
  return (
    sideFile(path) !== null ||
    path.split("/").some((part) => part.startsWith(".") || THEIR_FOLDERS.test(part))
  );
}
