/**
 * The readable volume formats and the endings of their files. This is data without readers, because the
 * page's first script needs it; `formats/intake/volume-formats.ts` must have a reader for each row.
 */
import { alternatives } from "../../base/join-names.ts";

interface FormatEndings {
  /** Endings of files with header and voxels; messages suggest the first. */
  readonly whole: readonly string[];
  /** Endings of a header and of the voxels in a file beside it; null if the format has no such pairs. */
  readonly pair: { readonly headers: readonly string[]; readonly voxels: readonly string[] } | null;
}

const VOLUME_ENDINGS = {
  NIfTI: {
    whole: [".nii.gz", ".nii"],
    pair: { headers: [".hdr", ".hdr.gz"], voxels: [".img", ".img.gz"] },
  },
  NRRD: { whole: [".nrrd", ".seg.nrrd"], pair: null },
} satisfies Readonly<Record<string, FormatEndings>>;

export type FormatName = keyof typeof VOLUME_ENDINGS;

const FORMATS: readonly FormatEndings[] = Object.values(VOLUME_ENDINGS);
const HEADERS = FORMATS.flatMap(({ pair }) => pair?.headers ?? []);
const VOXELS = FORMATS.flatMap(({ pair }) => pair?.voxels ?? []);

/** "NIfTI", "NRRD" */
export const FORMAT_NAMES: readonly string[] = Object.keys(VOLUME_ENDINGS);
/** "NIfTI or NRRD" */
export const ANY_FORMAT = alternatives(FORMAT_NAMES);
/** ".nii.gz or .nrrd" */
export const ANY_ENDING = alternatives(FORMATS.flatMap(({ whole }) => whole.slice(0, 1)));

/** Matches the longest ending of a volume, of its header or of its voxels. */
export const VOLUME_ENDING = anyOf([...FORMATS.flatMap(({ whole }) => whole), ...HEADERS, ...VOXELS]);
/** Matches the ending of a header whose voxels are in another file. */
export const HEADER_ENDING = anyOf(HEADERS);
/** Matches the ending of voxels whose header is in another file. */
export const VOXELS_ENDING = anyOf(VOXELS);

/** Returns the usual name of the header beside a file of voxels: "case.hdr". */
export function headerName(voxelsFile: string): string {
  const ending = VOXELS_ENDING.exec(voxelsFile)?.[0].toLowerCase() ?? "";
  const pair = FORMATS.find((format) => format.pair?.voxels.includes(ending))?.pair;
  return voxelsFile.replace(VOXELS_ENDING, pair?.headers[0] ?? "");
}

/** Without endings, matches nothing. A search from the left finds ".seg.nrrd" before ".nrrd". */
function anyOf(endings: readonly string[]): RegExp {
  const escaped = endings.map((ending) => ending.replaceAll(".", String.raw`\.`));
  return new RegExp(`(?:${escaped.join("|") || "(?!)"})$`, "i");
}
