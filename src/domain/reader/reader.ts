/**
 * Determines which nnU-Net class reads a dataset's volumes: `reader_writer_registry.py`, and what overrides
 * it.
 */
import { baseName } from "../../base/file-path.ts";

/** In the order in which nnU-Net tries them; it never tries the last, which has to be named. */
export const READERS = [
  "SimpleITKIO",
  "NibabelIO",
  "NibabelIOWithReorient",
  "SimpleITKIOWithReorient",
] as const;
export type Reader = (typeof READERS)[number];

/** `supported_file_endings` of each class that nnU-Net finds by ending. */
export const READER_ENDINGS: Readonly<Record<Reader, readonly string[]>> = {
  SimpleITKIO: [".nii.gz", ".nrrd", ".mha", ".gipl"],
  NibabelIO: [".nii", ".nii.gz"],
  NibabelIOWithReorient: [".nii", ".nii.gz"],
  SimpleITKIOWithReorient: [],
};

/** nnU-Net's readers for files that cannot be opened here, with what they read. */
export const OTHER_READERS: Readonly<
  Record<string, { readonly endings: readonly string[]; readonly of: string }>
> = {
  NaturalImage2DIO: { endings: [".png", ".bmp", ".tif"], of: "2D images" },
  Tiff3DIO: { endings: [".tif", ".tiff"], of: "3D TIFF files" },
};

/** Inputs to the choice of reader, in order of precedence. */
export interface ReaderClues {
  /** Chosen on the page, in its address or on the command line. */
  readonly chosen: Reader | null;
  /** The plans' `image_reader_writer`. */
  readonly plans: string | null;
  /** `overwrite_image_reader_writer` from dataset.json. */
  readonly overwrite: string | null;
  /** `file_ending` from dataset.json. */
  readonly fileEnding: string | null;
  /** Path of the label file; its ending counts if dataset.json has none. */
  readonly file: string;
  /** The dataset's first image, and whether ITK rejects it; null if only one case is known. */
  readonly firstImage: FirstImage | null;
}

/** The training image on which nnU-Net tries its readers. */
export interface FirstImage {
  readonly file: string;
  readonly refused: boolean;
}

export interface ReaderInForce {
  readonly reader: Reader;
  readonly rule: "chosen" | "plans" | "dataset.json" | "ending" | "first image";
  /** The reader that nnU-Net takes; it differs from `reader` only if the user chose one. */
  readonly usual: Reader;
  /** The ending that nnU-Net uses. */
  readonly ending: string;
  /** The reason, in sentences. */
  readonly why: string;
  /** A class named by plans or dataset.json that is not in {@link READERS}; null without one. */
  readonly unknown: { readonly name: string; readonly by: "plans" | "dataset.json" } | null;
}

/** The reader with this name; null if it is none of {@link READERS}. */
export function asReader(name: string | null | undefined): Reader | null {
  return READERS.find((reader) => reader === name) ?? null;
}

/** True if ITK rather than nibabel reads the files. */
export function isItk(reader: Reader): boolean {
  return reader === "SimpleITKIO" || reader === "SimpleITKIOWithReorient";
}

/** True if the reader reorients voxels to RAS. */
export function turnsToRas(reader: Reader): boolean {
  return reader === "NibabelIOWithReorient" || reader === "SimpleITKIOWithReorient";
}

/**
 * The reader that nnU-Net takes: the plans' reader; otherwise the one in dataset.json, if that class exists;
 * otherwise the first in its list that reads this ending and can read the first training image.
 */
export function readerInForce(clues: ReaderClues): ReaderInForce {
  const ending = (clues.fileEnding ?? fileEndingOf(clues.file)).toLowerCase();
  const by = (reader: Reader, rule: ReaderInForce["rule"], why: string): ReaderInForce => {
    return { reader, rule, usual: reader, ending, why, unknown: null };
  };
  if (clues.chosen) {
    const { reader: usual } = readerInForce({ ...clues, chosen: null });
    return { ...by(clues.chosen, "chosen", "It was chosen here."), usual };
  }
  const planned = asReader(clues.plans);
  if (planned) return by(planned, "plans", "The plans name it (image_reader_writer).");
  const written = asReader(clues.overwrite);
  if (!clues.plans && written) {
    return by(written, "dataset.json", "dataset.json names it (overwrite_image_reader_writer).");
  }
  const unknown = unknownOf(clues);
  const where = unknown?.by === "plans" ? "the plans" : "dataset.json";
  const isOther = unknown && Object.hasOwn(OTHER_READERS, unknown.name);
  const other = unknown
    ? `${unknown.name}, named in ${where}, ${isOther ? `does not read ${ending} files` : "is unknown to Regionscope"}. `
    : "";
  const able = READERS.filter((reader) => READER_ENDINGS[reader].includes(ending));
  const [first = "SimpleITKIO"] = able;
  const { firstImage } = clues;
  if (firstImage?.refused && first === "SimpleITKIO" && able.includes("NibabelIO")) {
    const why =
      `${other}SimpleITKIO rejects ${baseName(firstImage.file)}, the first training image, so nnU-Net prints a traceback and reads the ` +
      "whole dataset with NibabelIO.";
    return { ...by("NibabelIO", "first image", why), unknown };
  }
  const why =
    able.length > 0
      ? `${first} is the first of nnU-Net's readers for ${ending} files.`
      : `nnU-Net has no reader for ${ending || "files without an ending"}; this one reads most formats.`;
  return { ...by(first, "ending", other + why), unknown };
}

/** nnU-Net writes "None" for no reader. */
function unknownOf({ plans, overwrite }: ReaderClues): ReaderInForce["unknown"] {
  if (plans) return { name: plans, by: "plans" };
  return overwrite && overwrite !== "None" ? { name: overwrite, by: "dataset.json" } : null;
}

/** The ending as dataset.json would write it: "case.seg.nrrd" is a .nrrd file. */
function fileEndingOf(file: string): string {
  return /\.nii\.gz$/i.exec(file)?.[0] ?? /\.[^./]+$/.exec(file)?.[0] ?? "";
}
