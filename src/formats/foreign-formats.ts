/** What a file is that cannot be read, and what to do about it. */
export interface Foreign {
  readonly problem: string;
  readonly remedy: string;
}

const CONVERT = "Convert it to NIfTI (.nii.gz), with 3D Slicer or SimpleITK for example";

/** What to do with plans of nnU-Net version 1, whose pool_op_kernel_sizes leave out the first stage. */
export const USE_VERSION_1 =
  "Open the case without plans and type its pool_op_kernel_sizes as strides, after a first stage of 1 1 1";

const CHOOSE_ANOTHER = "Choose the label file, or dataset.json and the plans";

/** [offset, bytes there, what such a file is] */
type Signature = readonly [offset: number, text: string, foreign: Foreign];

const toConvert = (offset: number, text: string, words: string): Signature => [
  offset,
  text,
  { problem: `it is ${words}, which is not supported yet`, remedy: CONVERT },
];

/** Of what nnU-Net keeps beside label files. */
const TAKE_LABELS =
  "Open the label file (.nii.gz) of the same case instead, from labelsTr or gt_segmentations, or convert it to NIfTI";

const toUnpack = (offset: number, text: string, format: string): Signature => [
  offset,
  text,
  { problem: `it was compressed with ${format}`, remedy: "Unpack it and open the result" },
];

const SIGNATURES: readonly Signature[] = [
  [
    0,
    "PK\x03\x04",
    {
      problem: "it is a zip archive",
      remedy: "Unpack it and open the .nii.gz that is in it",
    },
  ],
  [
    0,
    "7z\xbc\xaf\x27\x1c",
    { problem: "it is a 7-Zip archive", remedy: "Unpack it and open the .nii.gz that is in it" },
  ],
  toUnpack(0, "\x28\xb5\x2f\xfd", "Zstandard (.zst)"),
  toUnpack(0, "\xfd7zXZ\0", "xz"),
  toUnpack(4, "1AY&SY", "bzip2"),
  [
    0,
    "version https://git-lfs",
    {
      problem: "it is a pointer that Git LFS left in place of the file",
      remedy: "Fetch the file with git lfs pull",
    },
  ],
  [
    0,
    "\0\x05\x16\x07",
    {
      problem: "it is a side file of macOS, without voxels",
      remedy: "Choose the file of the same name that does not begin with ._",
    },
  ],
  [
    0,
    "\0\0\0\x01\0\0",
    {
      problem: "it is a FreeSurfer volume (.mgz or .mgh), which is not supported yet",
      remedy: "Convert it with FreeSurfer's mri_convert, to .nii.gz",
    },
  ],
  [
    4,
    "Bud1",
    {
      problem: "it holds folder settings of macOS (.DS_Store)",
      remedy: CHOOSE_ANOTHER,
    },
  ],
  [0, "%PDF", { problem: "it is a PDF document", remedy: CHOOSE_ANOTHER }],
  toConvert(128, "DICM", "a DICOM file"),
  [
    0,
    "\x9e\xa8b2frame",
    { problem: "it is a Blosc2 file (.b2nd), as nnU-Net's preprocessing writes", remedy: TAKE_LABELS },
  ],
  toConvert(0, "\x93NUMPY", "a NumPy array"),
  toConvert(0, "\x89HDF", "an HDF5 file"),
  toConvert(0, "ObjectType", "a MetaImage file"),
  toConvert(0, "NDims", "a MetaImage file"),
  toConvert(0, "\x89PNG", "a PNG picture"),
  toConvert(0, "\xff\xd8\xff", "a JPEG picture"),
  toConvert(0, "II*\0", "a TIFF picture"),
  toConvert(0, "MM\0*", "a TIFF picture"),
];

/** The bytes that {@link knownFormat} looks at. */
export const FOREIGN_HEAD_BYTES = 256;

function textOf(head: Uint8Array): string {
  return String.fromCharCode(...head.subarray(0, FOREIGN_HEAD_BYTES));
}

/** What a file is whose first bytes tell, be it opened as a volume or as JSON; null for others. */
export function knownFormat(head: Uint8Array): Foreign | null {
  const text = textOf(head);
  if (isNpz(text)) {
    return {
      problem: "it holds NumPy arrays (.npz), as nnU-Net writes of preprocessed cases and probabilities",
      remedy: TAKE_LABELS,
    };
  }
  const known = SIGNATURES.find(([offset, signature]) => text.startsWith(signature, offset));
  return known?.[2] ?? pickle(text);
}

/** A zip archive whose first file is an array: 26 bytes in, its header has the length of the name at 30. */
function isNpz(text: string): boolean {
  const length = text.charCodeAt(26) + 256 * text.charCodeAt(27);
  return text.startsWith("PK\x03\x04") && text.slice(30, 30 + length).endsWith(".npy");
}

/** Protocols 2 to 5; older ones are text without a signature. */
function pickle(text: string): Foreign | null {
  const protocol = text.charCodeAt(1);
  if (text.charCodeAt(0) !== 0x80 || !(protocol >= 2 && protocol <= 5)) return null;
  if (/num_stages|plans_per_stage/.test(text)) {
    return {
      problem: "it is a Python pickle, as version 1 of nnU-Net writes its plans, and cannot be read here",
      remedy: USE_VERSION_1,
    };
  }
  return {
    problem: "it is a Python pickle, which cannot be read here",
    remedy: CHOOSE_ANOTHER,
  };
}

/** What a file that no reader knows is, as far as its first bytes tell, and what to do about it. */
export function foreignFormat(head: Uint8Array): Foreign {
  const known = knownFormat(head);
  if (known) return known;
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return { problem: "it was compressed with gzip twice", remedy: "Unpack it once and open the result" };
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
  if (head.length < 348) {
    return {
      problem: `it is not a NIfTI file (${head.length} bytes, where the header alone takes 348)`,
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
