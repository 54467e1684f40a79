/** Which class of nnU-Net reads a dataset's volumes: `reader_writer_registry.py`, and what stands over it. */

/** In the order in which nnU-Net tries them. */
export const READERS = ["SimpleITKIO", "NibabelIO", "NibabelIOWithReorient"] as const;
export type Reader = (typeof READERS)[number];

/** `supported_file_endings` of each class. */
const ENDINGS: Readonly<Record<Reader, readonly string[]>> = {
  SimpleITKIO: [".nii.gz", ".nrrd", ".mha", ".gipl"],
  NibabelIO: [".nii", ".nii.gz"],
  NibabelIOWithReorient: [".nii", ".nii.gz"],
};

/** What decides, in the order in which it does. */
export interface ReaderClues {
  /** Asked for on the page, in its address or on the command line. */
  readonly chosen: Reader | null;
  /** The plans' `image_reader_writer`. */
  readonly plans: string | null;
  /** `overwrite_image_reader_writer` of dataset.json. */
  readonly overwrite: string | null;
  /** `file_ending` of dataset.json. */
  readonly fileEnding: string | null;
  /** Path of the label file, whose ending counts where dataset.json names none. */
  readonly file: string;
  /** Of the dataset, and whether ITK refuses it; null where only one case is known. */
  readonly firstImage: FirstImage | null;
}

/** The training image that nnU-Net tries its readers on. */
export interface FirstImage {
  readonly file: string;
  readonly refused: boolean;
}

export interface ReaderInForce {
  readonly reader: Reader;
  readonly rule: "chosen" | "plans" | "dataset.json" | "ending" | "first image";
  /** The ending that nnU-Net goes by. */
  readonly ending: string;
  /** Sentences. */
  readonly why: string;
}

/** Any text that is the name of one of {@link READERS}. */
export function asReader(name: string | null | undefined): Reader | null {
  return READERS.find((reader) => reader === name) ?? null;
}

/**
 * The reader that nnU-Net takes: the plans' one; else that of dataset.json, which is passed over where there
 * is no such class; else the first in its list that reads files of this ending and does read the first
 * training image.
 */
export function readerInForce(clues: ReaderClues): ReaderInForce {
  const ending = (clues.fileEnding ?? endingOf(clues.file)).toLowerCase();
  if (clues.chosen) return { reader: clues.chosen, rule: "chosen", ending, why: "It was chosen here." };
  const planned = asReader(clues.plans);
  if (planned)
    return { reader: planned, rule: "plans", ending, why: "The plans name it (image_reader_writer)." };
  const written = asReader(clues.overwrite);
  if (!clues.plans && written) {
    const why = "dataset.json names it (overwrite_image_reader_writer).";
    return { reader: written, rule: "dataset.json", ending, why };
  }
  const unknown = clues.plans ?? (clues.overwrite === "None" ? null : clues.overwrite);
  const other =
    unknown === null
      ? ""
      : `${unknown}, which ${clues.plans ? "the plans name" : "dataset.json names"}, is not known here. `;
  const able = READERS.filter((reader) => ENDINGS[reader].includes(ending));
  const [first = "SimpleITKIO"] = able;
  const { firstImage } = clues;
  if (firstImage?.refused && first === "SimpleITKIO" && able.includes("NibabelIO")) {
    const why =
      `${other}SimpleITKIO refuses ${nameOf(firstImage.file)}, the first training image, so nnU-Net prints a traceback and reads the ` +
      "whole dataset with NibabelIO.";
    return { reader: "NibabelIO", rule: "first image", ending, why };
  }
  const why =
    able.length > 0
      ? `It is the first of nnU-Net's readers for ${ending} files.`
      : `nnU-Net has no reader for ${ending || "files without an ending"}; this one reads most formats.`;
  return { reader: first, rule: "ending", ending, why: other + why };
}

function endingOf(file: string): string {
  return /\.nii\.gz$/i.exec(file)?.[0] ?? /\.[^./]+$/.exec(file)?.[0] ?? "";
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
