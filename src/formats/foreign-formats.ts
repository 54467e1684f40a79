/** What a file is that cannot be read, and what to do about it. */
export interface Foreign {
  readonly problem: string;
  readonly remedy: string;
}

const CONVERT = "Convert it to NIfTI (.nii.gz), with 3D Slicer or SimpleITK for example";

/** What to do with plans of nnU-Net version 1, whose pool_op_kernel_sizes leave out the first stage. */
export const USE_VERSION_1 =
  "Open the case without plans and type its pool_op_kernel_sizes as strides, after a first stage of 1 1 1";

const PICKLE: Foreign = {
  problem: "it is a Python pickle, as version 1 of nnU-Net writes its plans, and cannot be read here",
  remedy: USE_VERSION_1,
};

/** First bytes -> what such a file is, where converting it is not what helps. */
const KNOWN: readonly (readonly [starts: readonly string[], foreign: Foreign])[] = [
  [["\x80\x02", "\x80\x03", "\x80\x04", "\x80\x05"], PICKLE],
  [
    ["PK\x03\x04"],
    {
      problem: "it is a zip archive",
      remedy: "Unpack it and open the .nii.gz that is in it; only a .npz needs converting",
    },
  ],
  [
    ["version https://git-lfs"],
    {
      problem: "it is a pointer that Git LFS left in place of the file",
      remedy: "Fetch the file with git lfs pull",
    },
  ],
  [
    ["\0\x05\x16\x07"],
    {
      problem: "it is a side file of macOS, without voxels",
      remedy: "Choose the file of the same name that does not begin with ._",
    },
  ],
  [
    ["\0\0\0\x01\0\0"],
    {
      problem: "it is a FreeSurfer volume (.mgz or .mgh), which is not supported yet",
      remedy: "Convert it with FreeSurfer's mri_convert, to .nii.gz",
    },
  ],
];

/** Bytes at an offset -> what such a file is. */
const SIGNATURES: readonly (readonly [offset: number, text: string, words: string])[] = [
  [128, "DICM", "a DICOM file"],
  [0, "\x9e\xa8b2frame", "a Blosc2 file, as nnU-Net's preprocessing writes"],
  [0, "\x93NUMPY", "a NumPy array"],
  [0, "\x89HDF", "an HDF5 file"],
  [0, "ObjectType", "a MetaImage file"],
  [0, "NDims", "a MetaImage file"],
  [0, "\x89PNG", "a PNG picture"],
  [0, "\xff\xd8\xff", "a JPEG picture"],
  [0, "II*\0", "a TIFF picture"],
  [0, "MM\0*", "a TIFF picture"],
  [0, "%PDF", "a PDF document"],
];

/** What a file that no reader knows is, as far as its first bytes tell, and what to do about it. */
export function foreignFormat(head: Uint8Array): Foreign {
  const text = Array.from(head, (byte) => String.fromCharCode(byte)).join("");
  const answer = knownFormat(head);
  if (answer) return answer;
  const known = SIGNATURES.find(([offset, signature]) => text.startsWith(signature, offset));
  if (known) return { problem: `it is ${known[2]}, which is not supported yet`, remedy: CONVERT };
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return { problem: "it was compressed with gzip twice", remedy: "Unpack it once and open the result" };
  }
  if (isAnalyze(head)) {
    return {
      problem: "it is an ANALYZE 7.5 file or its NIfTI magic is damaged",
      remedy: "Convert it to NIfTI (.nii.gz)",
    };
  }
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) {
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

/** For files of text, too: what a file is whose first bytes tell. */
export function knownFormat(head: Uint8Array): Foreign | null {
  const start = String.fromCharCode(...head.subarray(0, 32));
  return KNOWN.find(([starts]) => starts.some((text) => start.startsWith(text)))?.[1] ?? null;
}

function isAnalyze(head: Uint8Array): boolean {
  if (head.length < 348) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return [348, 540].some((size) => view.getInt32(0, true) === size || view.getInt32(0, false) === size);
}
