/** Reads and checks NIfTI headers. */
import { type NIFTI1, type NIFTI2, readHeader as parseHeader } from "nifti-reader-js";
import { InputError } from "../../base/errors.ts";
import type { Scaling } from "../../domain/volume/palette-builder.ts";
import { BYTES_PER_SAMPLE, type SampleType } from "../bytes/sample-decoder.ts";

/** A valid NIfTI header. */
export interface NiftiHeader {
  readonly version: 1 | 2;
  readonly littleEndian: boolean;
  /** The voxels are in a separate file. */
  readonly pair: boolean;
  /** Lengths along NIfTI's i, j, k. */
  readonly lengths: readonly [number, number, number];
  /** Product of the dimensions beyond the third. */
  readonly volumes: number;
  readonly alongFourth: number;
  /** Null if the voxels are not single numbers; `notScalar` then describes them. */
  readonly sample: SampleType | null;
  readonly notScalar: string | null;
  readonly bytesPerVoxel: number;
  /** Byte offset of the voxels in the file that holds them. */
  readonly voxelOffset: number;
  /** Length of the fixed header, including the four bytes of the extension flag. */
  readonly headBytes: number;
  readonly hasExtensions: boolean;
  readonly scaling: Scaling | null;
  /**
   * `scl_inter` next to a slope that means no scaling: ITK adds it, nibabel does not. 0 if there is a slope.
   */
  readonly bareIntercept: number;
  /** `descrip`, in which programs say what they wrote. */
  readonly description: string;
  readonly placement: NiftiPlacement;
}

/** Header fields that place the voxels in the patient. */
export interface NiftiPlacement {
  readonly sformCode: number;
  /** Rows of the sform, 3 x 4. */
  readonly sform: readonly number[];
  readonly qformCode: number;
  /** The qform as a matrix, 3 x 4 row-major. */
  readonly qform: readonly number[];
  /** Voxel lengths along i, j, k, as in the header. */
  readonly pixdim: readonly [number, number, number];
  /** dim[0]. */
  readonly dimensions: number;
  /** Unit of all lengths, by `xyzt_units`; null for millimetres and for no unit. */
  readonly unit: "micrometres" | "metres" | null;
}

const SAMPLE_TYPES: Readonly<Record<number, SampleType>> = {
  2: "uint8",
  4: "int16",
  8: "int32",
  16: "float32",
  64: "float64",
  256: "int8",
  512: "uint16",
  768: "uint32",
  1024: "int64",
  1280: "uint64",
};

const OTHER_TYPES: Readonly<Record<number, { readonly text: string; readonly bits: number }>> = {
  1: { text: "it contains single bits, which no common tool writes", bits: 1 },
  32: { text: "it contains complex numbers", bits: 64 },
  128: { text: "it contains RGB colours", bits: 24 },
  1536: { text: "it contains 128-bit numbers", bits: 128 },
  1792: { text: "it contains complex numbers", bits: 128 },
  2048: { text: "it contains complex numbers", bits: 256 },
  2304: { text: "it contains RGBA colours", bits: 32 },
};

/** Low three bits of `xyzt_units`. */
const UNITS: Readonly<Record<number, "micrometres" | "metres">> = { 1: "metres", 3: "micrometres" };

/** Number of bytes that `readNiftiHeader` needs: a NIfTI-2 header and its extension flag. */
export const NIFTI_HEAD_BYTES = 544;

const CONVERT = "Save it again as NIfTI with the program that wrote it";

/** Returns the version (1 or 2) by the magic in the bytes, else null. */
export function niftiVersion(head: Uint8Array): 1 | 2 | null {
  if (head.length >= 348 && /^n[+i]1\0/.test(ascii(head, 344, 4))) return 1;
  if (head.length >= 348 && /^n[+i]2\0/.test(ascii(head, 4, 4))) return 2;
  return null;
}

/**
 * Reads and checks the fixed part of a NIfTI-1 or -2 header, in either byte order.
 *
 * nifti-reader-js parses the fields. It checks none of them, uses the qform for a NIfTI-1 sform of lower
 * code, never uses the qform of NIfTI-2, misreads big-endian 64-bit integers and loops or throws on damaged
 * extensions. It therefore gets only the bare header, and this function reads and checks those fields itself.
 *
 * @throws InputError for an invalid header
 */
export function readNiftiHeader(head: Uint8Array<ArrayBuffer>, file: string): NiftiHeader {
  const version = niftiVersion(head);
  const size = version === 2 ? 540 : 348;
  if (version === null || head.length < size) {
    throw new InputError(file, "its NIfTI header is truncated", "Copy or download it again");
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const littleEndian = view.getInt32(0, true) === size;
  if (!littleEndian && view.getInt32(0, false) !== size) {
    throw new InputError(
      file,
      `its header is damaged (it gives its own length as ${view.getInt32(0, true)}, not ${size})`,
      CONVERT,
    );
  }
  const parsed = parse(head.slice(0, size), file);
  const pair = ascii(head, version === 1 ? 344 : 4, 2) === "ni";
  const dims = Array.from({ length: 8 }, (_, i) =>
    version === 1 ? view.getInt16(40 + 2 * i, littleEndian) : int64(view, 16 + 8 * i, littleEndian),
  );
  const { lengths, volumes, alongFourth } = readDims(dims, file);
  const units = version === 1 ? view.getUint8(123) : view.getInt32(500, littleEndian);
  const { sample, notScalar, bytesPerVoxel } = readType(parsed.datatypeCode, parsed.numBitsPerVoxel, file);
  const headBytes = size + 4;
  const hasExtensions = head.length >= headBytes && head[size] !== 0;
  const offset = version === 1 ? view.getFloat32(108, littleEndian) : int64(view, 168, littleEndian);
  return {
    version,
    littleEndian,
    pair,
    lengths,
    volumes,
    alongFourth,
    sample,
    notScalar,
    bytesPerVoxel,
    voxelOffset: readOffset(offset, pair ? 0 : headBytes, file),
    headBytes,
    hasExtensions,
    scaling: readScaling(parsed.scl_slope, parsed.scl_inter, file),
    bareIntercept: hasSlope(parsed.scl_slope) ? 0 : readBareIntercept(parsed.scl_inter),
    description: readDescription(head, version),
    placement: {
      ...readPlacement(parsed, view, version, littleEndian),
      dimensions: dims[0] ?? 0,
      unit: UNITS[units & 7] ?? null,
    },
  };
}

function parse(bare: Uint8Array<ArrayBuffer>, file: string): NIFTI1 | NIFTI2 {
  try {
    return parseHeader(bare.buffer, true);
  } catch {
    throw new InputError(file, "its NIfTI header is damaged", CONVERT);
  }
}

function readDims(
  dims: readonly number[],
  file: string,
): { lengths: readonly [number, number, number]; volumes: number; alongFourth: number } {
  const rank = dims[0] ?? 0;
  if (!(rank >= 1 && rank <= 7)) {
    throw new InputError(file, `its header is damaged (it gives ${rank} dimensions, not 1 to 7)`, CONVERT);
  }
  // Lengths beyond the rank have no meaning; some writers leave zeros there.
  const used = dims.slice(1).map((length, i) => (i < rank ? length : 1));
  const wrong = used.findIndex((length) => !(length > 0));
  if (wrong >= 0) {
    throw new InputError(
      file,
      `its header gives dimension ${wrong + 1} a length of ${used[wrong]}, but a volume needs at least 1`,
      CONVERT,
    );
  }
  const [i = 1, j = 1, k = 1, ...more] = used;
  const volumes = more.reduce((product, length) => product * length, 1);
  return { lengths: [i, j, k], volumes, alongFourth: more[0] ?? 1 };
}

function readType(
  code: number,
  bits: number,
  file: string,
): { sample: SampleType | null; notScalar: string | null; bytesPerVoxel: number } {
  const sample = SAMPLE_TYPES[code] ?? null;
  const other = OTHER_TYPES[code];
  if (!sample && !other) {
    throw new InputError(file, `its header gives the datatype ${code}, which NIfTI does not define`, CONVERT);
  }
  const expected = sample ? BYTES_PER_SAMPLE[sample] * 8 : (other?.bits ?? 0);
  if (bits !== 0 && bits !== expected) {
    throw new InputError(
      file,
      `its header contradicts itself (datatype ${code} takes ${expected} bits per voxel, but bitpix says ${bits})`,
      CONVERT,
    );
  }
  return { sample, notScalar: other?.text ?? null, bytesPerVoxel: expected / 8 };
}

function readOffset(offset: number, least: number, file: string): number {
  if (!Number.isFinite(offset) || offset < 0) {
    throw new InputError(file, `its header puts the voxels at byte ${offset}`, CONVERT);
  }
  // An offset of 0 (or less than the header's own length) means "right after the header", as in NIfTI's own
  // library.
  return Math.max(Math.floor(offset), least);
}

/** A slope of 0 means no scaling; to nibabel and NIfTI's own library, so do NaN and infinity. */
function hasSlope(slope: number): boolean {
  return slope !== 0 && Number.isFinite(slope);
}

function readBareIntercept(intercept: number): number {
  return Number.isFinite(intercept) ? intercept : 0;
}

function readDescription(head: Uint8Array, version: 1 | 2): string {
  const [text = ""] = ascii(head, version === 1 ? 148 : 240, 80).split("\0");
  return text;
}

function readScaling(slope: number, intercept: number, file: string): Scaling | null {
  if (!hasSlope(slope)) return null;
  if (!Number.isFinite(intercept)) {
    throw new InputError(file, `its header gives the scaling intercept ${intercept} (scl_inter)`, CONVERT);
  }
  return slope === 1 && intercept === 0 ? null : { slope, intercept };
}

function readPlacement(
  parsed: NIFTI1 | NIFTI2,
  view: DataView,
  version: 1 | 2,
  littleEndian: boolean,
): Omit<NiftiPlacement, "dimensions" | "unit"> {
  const sform = Array.from({ length: 12 }, (_, i) =>
    version === 1 ? view.getFloat32(280 + 4 * i, littleEndian) : view.getFloat64(400 + 8 * i, littleEndian),
  );
  const [, i = 0, j = 0, k = 0] = parsed.pixDims;
  return {
    sformCode: parsed.sform_code,
    sform,
    qformCode: parsed.qform_code,
    qform: parsed.getQformMat().slice(0, 3).flat(),
    pixdim: [i, j, k],
  };
}

function int64(view: DataView, at: number, littleEndian: boolean): number {
  return Number(view.getBigInt64(at, littleEndian));
}

function ascii(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}
