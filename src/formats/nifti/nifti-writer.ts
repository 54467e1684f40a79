/** Writes label volumes as NIfTI-1: the header, then voxels row by row into a gzip stream. */
import { InputError } from "../../base/errors.ts";
import { type Grid, spacingMm, type Triple } from "../../domain/geometry/grid.ts";
import { quaternionOf } from "./nifti-quaternion.ts";

const HEADER_BYTES = 352;
/** Maximum number of voxels along an axis in NIfTI-1. */
const LONGEST_AXIS = 32_767;
const MILLIMETRES = 2;
/** Maximum cosine between two axes at right angles. */
const MAX_COSINE = 1e-4;
/** Bytes per part for the compressor. */
const PART_BYTES = 1 << 20;

export type LabelsByIndex = Uint16Array | Int16Array | Int32Array;

export interface WrittenLabels {
  /** C order over `grid.shape`. */
  readonly indices: Uint8Array | Uint16Array;
  /** Label of each index. */
  readonly labelOf: LabelsByIndex;
  readonly grid: Grid;
  /**
   * Relates the axes of a file to those of `grid`: axis a of the grid is the file's axis `transpose[a]`.
   * Writing undoes this.
   */
  readonly transpose: Triple;
  /** What the file holds, for its header: up to 79 characters of ASCII. */
  readonly description?: string;
  /** Code of the space that the affine leads to, by default 1: the scanner's. */
  readonly spaceCode?: number;
}

/**
 * Writes a `.nii.gz`: one, two or four bytes per voxel, signed if a label is negative, i fastest, with the
 * affine as sform and qform. If its axes are not at right angles, which a qform cannot express, only the
 * sform counts.
 * @param onProgress completed part, 0..1
 * @throws InputError if an axis exceeds the format's limit
 */
export async function writeLabels(
  labels: WrittenLabels,
  file: string,
  onProgress: (fraction: number) => void,
): Promise<Blob> {
  const { lengths, strides, toWorld } = inFileOrder(labels);
  const longest = Math.max(...lengths);
  if (longest > LONGEST_AXIS) {
    throw new InputError(
      file,
      `it would have ${longest} voxels along an axis, but NIfTI-1 allows only ${LONGEST_AXIS}`,
      "Split the masks into smaller volumes first",
    );
  }
  const type = smallestType(labels.labelOf);
  const header = labelHeader(lengths, toWorld, type, labels);
  const parts = voxelParts(labels, lengths, strides, type.bits, onProgress);
  let isBegun = false;
  const plain = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (!isBegun) {
        isBegun = true;
        controller.enqueue(header);
        return;
      }
      const part = parts.next();
      if (part.done) controller.close();
      else controller.enqueue(part.value);
    },
  });
  return new Response(plain.pipeThrough(new CompressionStream("gzip"))).blob();
}

/** A number type of NIfTI-1: its code, and its length. */
interface NumberType {
  readonly code: number;
  readonly bits: 8 | 16 | 32;
}

function smallestType(labelOf: LabelsByIndex): NumberType {
  let [least, most] = [0, 0];
  for (const label of labelOf) {
    least = Math.min(least, label);
    most = Math.max(most, label);
  }
  if (least >= 0 && most <= 255) return { code: 2, bits: 8 };
  if (least >= -128 && most <= 127) return { code: 256, bits: 8 };
  if (least >= 0 && most <= 65_535) return { code: 512, bits: 16 };
  if (least >= -32_768 && most <= 32_767) return { code: 4, bits: 16 };
  return { code: 8, bits: 32 };
}

interface FileOrder {
  /** Along NIfTI's i, j, k. */
  readonly lengths: Triple;
  /** Distance between neighbouring voxels in `indices` along i, j, k. */
  readonly strides: Triple;
  /** 3 x 4, row-major: the columns are the steps along i, j, k and the position of the first voxel. */
  readonly toWorld: readonly number[];
}

function inFileOrder({ grid, transpose }: WrittenLabels): FileOrder {
  const { shape, toWorld } = grid;
  const stride = [shape[1] * shape[2], shape[2], 1];
  // Array axes 2, 1, 0 of the file are NIfTI's i, j, k.
  const axes = [2, 1, 0].map((axis) => transpose.indexOf(axis));
  const along = (values: readonly number[]): Triple => {
    const [i = 0, j = 0, k = 0] = axes.map((axis) => values[axis] ?? 0);
    return [i, j, k];
  };
  const rows = [0, 1, 2].flatMap((row) => [...axes, 3].map((column) => toWorld[row * 4 + column] ?? 0));
  return { lengths: along(shape), strides: along(stride), toWorld: rows };
}

function labelHeader(
  lengths: Triple,
  toWorld: readonly number[],
  { code, bits }: NumberType,
  { description = "label map of Regionscope", spaceCode = 1 }: WrittenLabels,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const int16 = (at: number, value: number) => view.setInt16(at, value, true);
  const float32 = (at: number, value: number) => view.setFloat32(at, value, true);
  const [i, j, k] = spacingMm({ shape: lengths, toWorld });
  const { quaternion, handedness } = quaternionOf(toWorld);
  view.setInt32(0, 348, true);
  for (const [axis, length] of [3, ...lengths, 1, 1, 1, 1].entries()) int16(40 + 2 * axis, length);
  int16(70, code);
  int16(72, bits);
  for (const [axis, length] of [handedness, i, j, k, 1, 1, 1, 1].entries()) float32(76 + 4 * axis, length);
  float32(108, HEADER_BYTES);
  float32(112, 1);
  view.setUint8(123, MILLIMETRES);
  const written = description.replace(/[^ -~]/g, "_").slice(0, 79);
  for (const [at, letter] of [...new TextEncoder().encode(written)].entries()) {
    view.setUint8(148 + at, letter);
  }
  // ITK would use an approximate qform and place the labels elsewhere than nibabel.
  int16(252, isAtRightAngles(toWorld) ? spaceCode : 0);
  int16(254, spaceCode);
  const origin = [3, 7, 11].map((at) => toWorld[at] ?? 0);
  for (const [at, value] of [...quaternion, ...origin].entries()) float32(256 + 4 * at, value);
  for (const [at, value] of toWorld.entries()) float32(280 + 4 * at, value);
  for (const [at, letter] of [0x6e, 0x2b, 0x31, 0].entries()) view.setUint8(344 + at, letter);
  return bytes;
}

/** Applies the tolerance that ITK has for an sform. */
function isAtRightAngles(toWorld: readonly number[]): boolean {
  const axis = (column: number) => [0, 4, 8].map((row) => toWorld[row + column] ?? 0);
  const cosine = (u: readonly number[], v: readonly number[]) =>
    u.reduce((sum, value, i) => sum + value * (v[i] ?? 0), 0) / (Math.hypot(...u) * Math.hypot(...v));
  const [i, j, k] = [axis(0), axis(1), axis(2)];
  return [cosine(i, j), cosine(j, k), cosine(k, i)].every((value) => Math.abs(value) <= MAX_COSINE);
}

/** Yields whole rows along i, about {@link PART_BYTES} at a time. */
function* voxelParts(
  { indices, labelOf }: WrittenLabels,
  lengths: Triple,
  strides: Triple,
  bits: NumberType["bits"],
  onProgress: (fraction: number) => void,
): Generator<Uint8Array<ArrayBuffer>> {
  const [ni, nj, nk] = lengths;
  const [di, dj, dk] = strides;
  const bytesPerRow = (ni * bits) / 8;
  const rowsAtATime = Math.max(1, Math.floor(PART_BYTES / bytesPerRow));
  const rows = nj * nk;
  for (let first = 0; first < rows; first += rowsAtATime) {
    const count = Math.min(rowsAtATime, rows - first);
    const bytes = new Uint8Array(count * bytesPerRow);
    const view = new DataView(bytes.buffer);
    let to = 0;
    for (let row = first; row < first + count; row++) {
      let from = (row % nj) * dj + Math.floor(row / nj) * dk;
      for (let i = 0; i < ni; i++, from += di) {
        const label = labelOf[indices[from] as number] as number;
        // Negative labels become their two's complement.
        if (bits === 8) bytes[to++] = label;
        else if (bits === 16) view.setUint16(2 * to++, label, true);
        else view.setInt32(4 * to++, label, true);
      }
    }
    yield bytes;
    onProgress((first + count) / rows);
  }
}
