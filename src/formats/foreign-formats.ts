interface Foreign {
  readonly problem: string;
  readonly remedy: string;
}

const CONVERT = "Convert it to NIfTI (.nii.gz), with 3D Slicer or SimpleITK for example";

/** Bytes at an offset -> what such a file is. */
const SIGNATURES: readonly (readonly [offset: number, text: string, words: string])[] = [
  [128, "DICM", "a DICOM file"],
  [0, "\x9e\xa8b2frame", "a Blosc2 file, as nnU-Net's preprocessing writes"],
  [0, "\x93NUMPY", "a NumPy array"],
  [0, "PK\x03\x04", "a zip file (or .npz)"],
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

function isAnalyze(head: Uint8Array): boolean {
  if (head.length < 348) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return [348, 540].some((size) => view.getInt32(0, true) === size || view.getInt32(0, false) === size);
}
