/** Recognises files in formats that the project cannot read, by their first bytes. */
import { bytesText } from "../../base/format-bytes.ts";
import { ANY_FORMAT, VOLUME_ENDING } from "../../domain/reader/volume-endings.ts";

/** The format of an unreadable file, and the remedy. */
export interface Foreign {
  readonly problem: string;
  readonly remedy: string;
}

const CONVERT = "Convert it to NIfTI (.nii.gz), for example with 3D Slicer or SimpleITK";

/** Remedy for plans of nnU-Net version 1, whose pool_op_kernel_sizes omit the first network stage. */
export const USE_VERSION_1 =
  "Open the case without plans and enter its pool_op_kernel_sizes as strides, after a first network stage of 1 1 1";

export const CHOOSE_ANOTHER = "Choose the label file, or dataset.json and the plans";

/** [offset, bytes there, what such a file is] */
type Signature = readonly [offset: number, text: string, foreign: Foreign];

/** Describes a format that no reader supports yet; empty once `volume-endings.ts` has this ending. */
const toConvert = (offset: number, text: string, what: string, ending: string): Signature[] =>
  VOLUME_ENDING.test(ending)
    ? []
    : [[offset, text, { problem: `it is ${what}, which is not supported yet`, remedy: CONVERT }]];

/** Remedy for files that nnU-Net keeps beside label files. */
const TAKE_LABELS =
  "Open the label file (.nii.gz) of the same case instead, from labelsTr or gt_segmentations, or convert it to NIfTI";

export const TEXT_FILE: Foreign = {
  problem: `it is a text file, not a volume in ${ANY_FORMAT}`,
  remedy: CHOOSE_ANOTHER,
};

const BLOSC2: Foreign = {
  problem: "it is a Blosc2 file (.b2nd), as written by nnU-Net's preprocessing",
  remedy: TAKE_LABELS,
};

/** Recognises a file by its name if its bytes say nothing; null for others. */
export function foreignName(path: string): Foreign | null {
  return /\.b2nd$/i.test(path) ? BLOSC2 : null;
}

const toUnpack = (offset: number, text: string, format: string): Signature => [
  offset,
  text,
  { problem: `it was compressed with ${format}`, remedy: "Unpack it and open the result" },
];

const archive = (what: string): Foreign => ({
  problem: `it is a ${what} archive`,
  remedy: "Unpack it and open the .nii.gz inside",
});

const SIGNATURES: readonly Signature[] = [
  [0, "PK\x03\x04", archive("zip")],
  // An archive without files, and one in parts.
  [0, "PK\x05\x06", archive("zip")],
  [0, "PK\x07\x08", archive("zip")],
  [0, "7z\xbc\xaf\x27\x1c", archive("7-Zip")],
  [0, "Rar!\x1a\x07", archive("RAR")],
  toUnpack(0, "\x28\xb5\x2f\xfd", "Zstandard (.zst)"),
  toUnpack(0, "\xfd7zXZ\0", "xz"),
  toUnpack(4, "1AY&SY", "bzip2"),
  [
    0,
    "version https://git-lfs",
    {
      problem: "it is only a Git LFS pointer, not the file itself",
      remedy: "Fetch the file with git lfs pull",
    },
  ],
  [
    0,
    "\0\x05\x16\x07",
    {
      problem: "it is a macOS metadata file without voxels",
      remedy: "Choose the file with the same name but without the leading ._",
    },
  ],
  [
    0,
    "\0\0\0\x01\0\0",
    {
      problem: "it is a FreeSurfer volume (.mgz or .mgh), which is not supported yet",
      remedy: "Convert it to .nii.gz with FreeSurfer's mri_convert",
    },
  ],
  [
    4,
    "Bud1",
    {
      problem: "it contains macOS folder settings (.DS_Store)",
      remedy: CHOOSE_ANOTHER,
    },
  ],
  [0, "%PDF", { problem: "it is a PDF document", remedy: CHOOSE_ANOTHER }],
  ...toConvert(128, "DICM", "a DICOM file", ".dcm"),
  [0, "\x9e\xa8b2frame", BLOSC2],
  ...toConvert(0, "\x93NUMPY", "a NumPy array", ".npy"),
  ...toConvert(0, "\x89HDF", "an HDF5 file", ".h5"),
  ...toConvert(0, "ObjectType", "a MetaImage file", ".mha"),
  ...toConvert(0, "NDims", "a MetaImage file", ".mha"),
  ...toConvert(0, "\x89PNG", "a PNG picture", ".png"),
  ...toConvert(0, "\xff\xd8\xff", "a JPEG picture", ".jpg"),
  ...toConvert(0, "II*\0", "a TIFF picture", ".tif"),
  ...toConvert(0, "MM\0*", "a TIFF picture", ".tif"),
];

/** Bytes that {@link knownFormat} needs: the header of the first file in a tar archive. */
export const FOREIGN_HEAD_BYTES = 512;

function textOf(head: Uint8Array): string {
  return String.fromCharCode(...head.subarray(0, FOREIGN_HEAD_BYTES));
}

/** Recognises a file by its first bytes, whether it was opened as a volume or as JSON; null for others. */
export function knownFormat(head: Uint8Array): Foreign | null {
  const text = textOf(head);
  if (isNpz(text)) {
    return {
      problem: "it contains NumPy arrays (.npz), as nnU-Net writes for preprocessed cases and probabilities",
      remedy: TAKE_LABELS,
    };
  }
  const known = SIGNATURES.find(([offset, signature]) => text.startsWith(signature, offset));
  if (known) return known[2];
  return isTar(head, text) ? archive("tar") : pickle(text);
}

/**
 * Checks the header's checksum: the octal sum of its bytes, with blanks in place of the sum itself. The
 * oldest archives have no magic number. A header of only zeros ends an archive.
 */
function isTar(head: Uint8Array, text: string): boolean {
  const written = /^[ 0]*([0-7]+)[ \0]/.exec(text.slice(148, 156))?.[1];
  if (head.length < FOREIGN_HEAD_BYTES || written === undefined || head[0] === 0) return false;
  let sum = 8 * 0x20;
  for (let at = 0; at < FOREIGN_HEAD_BYTES; at++) if (at < 148 || at >= 156) sum += head[at] ?? 0;
  return sum === Number.parseInt(written, 8);
}

/**
 * Recognises a zip archive whose first file is an array. Its header has the length of the name at byte 26,
 * and the name at byte 30.
 */
function isNpz(text: string): boolean {
  const length = text.charCodeAt(26) + 256 * text.charCodeAt(27);
  return text.startsWith("PK\x03\x04") && text.slice(30, 30 + length).endsWith(".npy");
}

/** Recognises protocols 2 to 5; older ones are text without a signature. */
function pickle(text: string): Foreign | null {
  const protocol = text.charCodeAt(1);
  if (text.charCodeAt(0) !== 0x80 || !(protocol >= 2 && protocol <= 5)) return null;
  if (/num_stages|plans_per_stage/.test(text)) {
    return {
      problem: "it is a Python pickle, the format of plans of nnU-Net version 1, which is not supported",
      remedy: USE_VERSION_1,
    };
  }
  return {
    problem: "it is a Python pickle, which is not supported",
    remedy: CHOOSE_ANOTHER,
  };
}

/** Describes a file that no reader accepts, as far as its first bytes tell, and what to do about it. */
export function foreignFormat(head: Uint8Array): Foreign {
  const known = knownFormat(head);
  if (known) return known;
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return { problem: "it was compressed twice with gzip", remedy: "Unpack it once and open the result" };
  }
  if (isAnalyze(head)) {
    return {
      problem: "it is an ANALYZE 7.5 file or its NIfTI magic is damaged",
      remedy: "Convert it to NIfTI (.nii.gz)",
    };
  }
  if (/^\s*<(!doctype|html|\?xml)/i.test(textOf(head))) {
    return { problem: "it is a web page or XML, not a volume", remedy: "Download the file itself again" };
  }
  if (isText(head)) return TEXT_FILE;
  if (head.length < 348) {
    return {
      problem: `it is not a NIfTI file (${bytesText(head.length)}, but the header alone takes 348)`,
      remedy: "Choose a .nii or .nii.gz file",
    };
  }
  return {
    problem: "it is not a NIfTI file (no NIfTI magic in its header)",
    remedy: "Choose a .nii or .nii.gz file, and a .img file only together with its .hdr",
  };
}

function isAnalyze(head: Uint8Array): boolean {
  if (head.length < 348) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return [348, 540].some((size) => view.getInt32(0, true) === size || view.getInt32(0, false) === size);
}

/**
 * Accepts mostly ASCII text without control characters, UTF-8, and UTF-16 with a byte order mark, as Windows
 * writes it.
 */
function isText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  // Tab to carriage return, and the escape character of terminals, are not control characters here.
  const isControl = (byte: number) =>
    (byte < 0x20 && !(byte >= 9 && byte <= 13) && byte !== 0x1b) || byte === 0x7f;
  if (head.some(isControl)) return false;
  const ascii = head.reduce((count, byte) => count + Number(byte < 0x80), 0);
  return ascii >= 0.8 * head.length || isUtf8(head);
}

/** Accepts text whose last character is cut. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
