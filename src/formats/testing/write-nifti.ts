/** A small NIfTI writer for tests that can set every field, also to wrong values. */
import { gzipSync } from "fflate";
import type { InputFile } from "../bytes/input-file.ts";
import { BYTES_PER_SAMPLE, type SampleType } from "../bytes/sample-decoder.ts";

const CODES: Readonly<Record<SampleType, number>> = {
  uint8: 2,
  int16: 4,
  int32: 8,
  float32: 16,
  float64: 64,
  int8: 256,
  uint16: 512,
  uint32: 768,
  int64: 1024,
  uint64: 1280,
};

export interface NiftiOptions {
  /** Lengths of NIfTI's i, j, k, …; their number is dim[0]. */
  readonly dims: readonly number[];
  /** In file order, i fastest. */
  readonly values: ArrayLike<number | bigint>;
  readonly type?: SampleType;
  readonly version?: 1 | 2;
  readonly littleEndian?: boolean;
  readonly slope?: number;
  readonly intercept?: number;
  /** Rows of the sform, 3 x 4; sets sform_code 1. */
  readonly sform?: readonly number[];
  /** Quaternion b, c, d and offsets x, y, z; sets qform_code 1. */
  readonly qform?: readonly number[];
  /** qfac, then the voxel lengths; by default those of the sform. */
  readonly pixdim?: readonly number[];
  /**
   * "none" omits both forms; by default a file without either gets an sform in RAS with the voxel lengths.
   */
  readonly forms?: "none";
  /** `xyzt_units`. */
  readonly units?: number;
  readonly extensions?: readonly { readonly code: number; readonly text: string }[];
  /** Fields to spoil: overrides the computed values. */
  readonly spoil?: {
    readonly dim?: readonly number[];
    readonly datatype?: number;
    readonly bitpix?: number;
    readonly voxelOffset?: number;
    readonly magic?: string;
    readonly sizeofHdr?: number;
    readonly sformCode?: number;
    readonly qformCode?: number;
  };
}

/** Writes a single file (.nii). */
export function writeNifti(options: NiftiOptions): Uint8Array<ArrayBuffer> {
  const extensions = concat(
    (options.extensions ?? []).map((e) => extensionBytes(e, options.littleEndian ?? true)),
  );
  const headBytes = (options.version === 2 ? 540 : 348) + 4;
  const header = headerBytes(options, headBytes + extensions.length, "n+");
  const flag = Uint8Array.of(extensions.length > 0 ? 1 : 0, 0, 0, 0);
  return concat([header, flag, extensions, voxelBytes(options)]);
}

/** Writes a pair (.hdr and .img). */
export function writeNiftiPair(options: NiftiOptions): {
  hdr: Uint8Array<ArrayBuffer>;
  img: Uint8Array<ArrayBuffer>;
} {
  return { hdr: headerBytes(options, 0, "ni"), img: voxelBytes(options) };
}

export function gzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat([gzipSync(bytes, { mtime: 0 })]);
}

/** Wraps bytes or text as an opened file. */
export function inputFile(path: string, content: Uint8Array<ArrayBuffer> | string): InputFile {
  return { path, blob: new Blob([content]) };
}

function headerBytes(options: NiftiOptions, voxelOffset: number, kind: "n+" | "ni"): Uint8Array<ArrayBuffer> {
  const { version = 1, littleEndian = true, type = "uint8", spoil = {}, units = 0 } = options;
  const size = version === 2 ? 540 : 348;
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const dim = spoil.dim ?? padded([options.dims.length, ...options.dims], 1);
  const pixdim = padded([...(options.pixdim ?? [1, ...lengthsOf(options.sform)])], 0);
  const sform = options.sform ?? usualSform(options);
  const magic = spoil.magic ?? (version === 2 ? `${kind}2\0\r\n\x1a\n` : `${kind}1\0`);
  const datatype = spoil.datatype ?? CODES[type];
  const bitpix = spoil.bitpix ?? BYTES_PER_SAMPLE[type] * 8;
  const codes = [spoil.qformCode ?? (options.qform ? 1 : 0), spoil.sformCode ?? (sform ? 1 : 0)];
  const offset = spoil.voxelOffset ?? voxelOffset;
  const scaling = [options.slope ?? 1, options.intercept ?? 0];
  const placement = [...(options.qform ?? [0, 0, 0, 0, 0, 0]), ...(sform ?? Array(12).fill(0))];

  const i16 = (at: number, value: number) => view.setInt16(at, value, littleEndian);
  const i32 = (at: number, value: number) => view.setInt32(at, value, littleEndian);
  const i64 = (at: number, value: number) => view.setBigInt64(at, BigInt(value), littleEndian);
  const f32 = (at: number) => (value: number, i: number) => view.setFloat32(at + 4 * i, value, littleEndian);
  const f64 = (at: number) => (value: number, i: number) => view.setFloat64(at + 8 * i, value, littleEndian);
  const text = (at: number) => {
    for (let i = 0; i < magic.length; i++) bytes[at + i] = magic.charCodeAt(i);
  };
  i32(0, spoil.sizeofHdr ?? size);
  if (version === 1) {
    dim.forEach((value, i) => {
      i16(40 + 2 * i, value);
    });
    i16(70, datatype);
    i16(72, bitpix);
    pixdim.forEach(f32(76));
    f32(108)(offset, 0);
    bytes[123] = units;
    scaling.forEach(f32(112));
    codes.forEach((value, i) => {
      i16(252 + 2 * i, value);
    });
    placement.forEach(f32(256));
    text(344);
  } else {
    text(4);
    i16(12, datatype);
    i16(14, bitpix);
    dim.forEach((value, i) => {
      i64(16 + 8 * i, value);
    });
    pixdim.forEach(f64(104));
    i64(168, offset);
    scaling.forEach(f64(176));
    i32(500, units);
    codes.forEach((value, i) => {
      i32(344 + 4 * i, value);
    });
    placement.forEach(f64(352));
  }
  return bytes;
}

/** Lengths of the columns of an sform. */
function lengthsOf(sform: readonly number[] | undefined): number[] {
  return [0, 1, 2].map((column) =>
    sform ? Math.hypot(sform[column] ?? 0, sform[4 + column] ?? 0, sform[8 + column] ?? 0) : 1,
  );
}

/** Null if the options place the volume, or ask for no placement. */
function usualSform({ qform, forms, pixdim, spoil }: NiftiOptions): readonly number[] | null {
  if (qform || forms === "none" || spoil?.sformCode !== undefined) return null;
  const [, i = 1, j = 1, k = 1] = pixdim ?? [];
  return [i, 0, 0, 0, 0, j, 0, 0, 0, 0, k, 0];
}

function voxelBytes({ values, type = "uint8", littleEndian = true }: NiftiOptions): Uint8Array<ArrayBuffer> {
  const size = BYTES_PER_SAMPLE[type];
  const view = new DataView(new ArrayBuffer(values.length * size));
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    const at = i * size;
    if (type === "int64") view.setBigInt64(at, BigInt(value), littleEndian);
    else if (type === "uint64") view.setBigUint64(at, BigInt(value), littleEndian);
    else if (type === "float64") view.setFloat64(at, Number(value), littleEndian);
    else if (type === "float32") view.setFloat32(at, Number(value), littleEndian);
    else if (type === "int32") view.setInt32(at, Number(value), littleEndian);
    else if (type === "uint32") view.setUint32(at, Number(value), littleEndian);
    else if (type === "int16") view.setInt16(at, Number(value), littleEndian);
    else if (type === "uint16") view.setUint16(at, Number(value), littleEndian);
    else if (type === "int8") view.setInt8(at, Number(value));
    else view.setUint8(at, Number(value));
  }
  return new Uint8Array(view.buffer);
}

function extensionBytes(
  { code, text }: { readonly code: number; readonly text: string },
  littleEndian: boolean,
): Uint8Array {
  const content = new TextEncoder().encode(text);
  const bytes = new Uint8Array(Math.ceil((content.length + 8) / 16) * 16);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, bytes.length, littleEndian);
  view.setInt32(4, code, littleEndian);
  bytes.set(content, 8);
  return bytes;
}

function padded(values: readonly number[], filler: number): number[] {
  return Array.from({ length: 8 }, (_, i) => values[i] ?? filler);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
