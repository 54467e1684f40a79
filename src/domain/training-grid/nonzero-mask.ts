/** Finds where the image is not zero, with holes filled: nnU-Net crops a case to the box of this mask. */
import type { VoxelBox } from "../geometry/camera.ts";
import { type Backwards, FORWARD, type Triple } from "../geometry/grid.ts";
import { isIdentity, transposedLayout } from "../geometry/transpose.ts";

/** Voxels where an image channel is not zero, and those that such voxels enclose. */
export interface NonzeroMask {
  readonly shape: Triple;
  /** Words per row along the last axis. */
  readonly rowWords: number;
  /** Bit (x & 31) of bits[(z * height + y) * rowWords + (x >>> 5)] is voxel (z, y, x). */
  readonly bits: Uint32Array;
  /** The smallest box that contains the mask; null if the mask is empty. */
  readonly box: VoxelBox | null;
}

/** Voxels per step: a few milliseconds. */
const STEP_VOXELS = 1 << 20;

/**
 * Collects one image channel after the other, so that no two have to be in memory at once.
 *
 * A hole is background that no path of face neighbours joins to the border, as in
 * `scipy.ndimage.binary_fill_holes`. NaN is not zero. Needs two bits per voxel, of which the result keeps
 * one.
 */
export class NonzeroMaskBuilder {
  readonly #shape: Triple;
  readonly #rowWords: number;
  /** One bit per voxel: all channels so far are zero. */
  readonly #zero: Uint32Array;

  constructor(shape: Triple) {
    const [depth, height, width] = shape;
    this.#shape = shape;
    this.#rowWords = Math.ceil(width / 32);
    this.#zero = new Uint32Array(depth * height * this.#rowWords);
    for (let at = 0; at < this.#zero.length; at++)
      this.#zero[at] = wordMask(width - (at % this.#rowWords) * 32);
  }

  /** Yields the completed fraction, 0..1, in steps. @param channel in C order over the shape */
  *add(channel: ArrayLike<number>): Generator<number, void> {
    const [depth, height, width] = this.#shape;
    const rows = depth * height;
    const stepRows = Math.max(1, Math.floor(STEP_VOXELS / width));
    for (let row = 0; row < rows; row++) {
      for (let word = 0; word < this.#rowWords; word++) {
        const at = row * this.#rowWords + word;
        const count = Math.min(32, width - word * 32);
        this.#zero[at] = (this.#zero[at] ?? 0) & ~nonzeroBits(channel, row * width + word * 32, count);
      }
      if (row % stepRows === stepRows - 1) yield (row + 1) / rows;
    }
  }

  /** Fills holes. Yields the completed fraction, 0..1, in steps. */
  *finish(): Generator<number, NonzeroMask> {
    const bits = yield* outsideBits(this.#shape, this.#rowWords, this.#zero);
    const box = yield* invertAndBound(this.#shape, this.#rowWords, bits);
    return { shape: this.#shape, rowWords: this.#rowWords, bits, box };
  }
}

/** @param count of voxels, at most 32 */
function nonzeroBits(channel: ArrayLike<number>, from: number, count: number): number {
  let bits = 0;
  for (let i = 0; i < count; i++) if (channel[from + i] !== 0) bits |= 1 << i;
  return bits;
}

/** The lowest `count` bits. */
function wordMask(count: number): number {
  return count >= 32 ? 0xffffffff : (1 << count) - 1;
}

/**
 * One bit per voxel: zero, and joined to the border. Spreads from row to row, a word at a time: a row that
 * gained voxels hands them to its four neighbours.
 */
function* outsideBits(
  [depth, height, width]: Triple,
  rowWords: number,
  zero: Uint32Array,
): Generator<number, Uint32Array> {
  const rows = depth * height;
  const outside = new Uint32Array(rows * rowWords);
  const stepRows = Math.max(1, Math.floor(STEP_VOXELS / width));
  // A ring: no row is in it twice.
  const queue = new Uint32Array(rows);
  const isQueued = new Uint8Array(rows);
  let [first, queued] = [0, 0];
  const enqueue = (row: number): void => {
    if (isQueued[row]) return;
    isQueued[row] = 1;
    queue[(first + queued++) % rows] = row;
  };
  for (let row = 0; row < rows; row++) {
    const [z, y] = [Math.floor(row / height), row % height];
    const from = row * rowWords;
    const isBorder = z === 0 || y === 0 || z === depth - 1 || y === height - 1;
    if (isBorder) outside.set(zero.subarray(from, from + rowWords), from);
    else {
      const last = from + ((width - 1) >>> 5);
      outside[from] = (outside[from] ?? 0) | ((zero[from] ?? 0) & 1);
      outside[last] = (outside[last] ?? 0) | ((zero[last] ?? 0) & (1 << ((width - 1) & 31)));
      spread(outside, zero, from, rowWords);
    }
    let any = 0;
    for (let word = from; word < from + rowWords; word++) any |= outside[word] ?? 0;
    if (any !== 0) enqueue(row);
    if (row % stepRows === stepRows - 1) yield (0.3 * row) / rows;
  }
  const enter = (row: number, from: number): void => {
    const to = row * rowWords;
    let gained = 0;
    for (let word = 0; word < rowWords; word++) {
      const news = (outside[from + word] ?? 0) & (zero[to + word] ?? 0) & ~(outside[to + word] ?? 0);
      outside[to + word] = (outside[to + word] ?? 0) | news;
      gained |= news;
    }
    if (gained === 0) return;
    spread(outside, zero, to, rowWords);
    enqueue(row);
  };
  for (let taken = 1; queued > 0; taken++) {
    const row = queue[first] ?? 0;
    first = (first + 1) % rows;
    queued--;
    isQueued[row] = 0;
    const [z, y] = [Math.floor(row / height), row % height];
    if (y > 0) enter(row - 1, row * rowWords);
    if (y < height - 1) enter(row + 1, row * rowWords);
    if (z > 0) enter(row - height, row * rowWords);
    if (z < depth - 1) enter(row + height, row * rowWords);
    // Rows may return to the queue, so how much is left is a guess.
    if (taken % stepRows === 0) yield 0.7 - 0.4 / (1 + taken / rows);
  }
  return outside;
}

/** Extends the set bits of a row over all adjacent bits of `open`. */
function spread(bits: Uint32Array, open: Uint32Array, from: number, words: number): void {
  let carry = 0;
  for (let at = from; at < from + words; at++) {
    const through = open[at] ?? 0;
    const filled = spreadUp((bits[at] ?? 0) | (carry & through), through);
    bits[at] = filled;
    carry = filled >>> 31;
  }
  carry = 0;
  for (let at = from + words - 1; at >= from; at--) {
    const through = open[at] ?? 0;
    const filled = spreadDown((bits[at] ?? 0) | ((carry << 31) & through), through);
    bits[at] = filled;
    carry = filled & 1;
  }
}

/** Kogge-Stone fill: after each line, twice as far. */
function spreadUp(bits: number, open: number): number {
  let [filled, through] = [bits, open];
  for (let distance = 1; distance < 32; distance *= 2) {
    filled |= through & (filled << distance);
    through &= through << distance;
  }
  return filled;
}

function spreadDown(bits: number, open: number): number {
  let [filled, through] = [bits, open];
  for (let distance = 1; distance < 32; distance *= 2) {
    filled |= through & (filled >>> distance);
    through &= through >>> distance;
  }
  return filled;
}

/** Inverts the bits, and finds the smallest box that contains those set then. */
function* invertAndBound(
  [depth, height, width]: Triple,
  rowWords: number,
  bits: Uint32Array,
): Generator<number, VoxelBox | null> {
  const rows = depth * height;
  const stepRows = Math.max(1, Math.floor(STEP_VOXELS / width));
  const columns = new Uint32Array(rowWords);
  const first: [number, number, number] = [depth, height, width];
  const last: [number, number, number] = [-1, -1, -1];
  for (let row = 0; row < rows; row++) {
    let any = 0;
    for (let word = 0; word < rowWords; word++) {
      const at = row * rowWords + word;
      const inverted = ~(bits[at] ?? 0) & wordMask(width - word * 32);
      bits[at] = inverted;
      columns[word] = (columns[word] ?? 0) | inverted;
      any |= inverted;
    }
    if (any !== 0) {
      const [z, y] = [Math.floor(row / height), row % height];
      first[0] = Math.min(first[0], z);
      first[1] = Math.min(first[1], y);
      last[0] = z;
      last[1] = Math.max(last[1], y);
    }
    if (row % stepRows === stepRows - 1) yield 0.7 + (0.3 * row) / rows;
  }
  for (let x = 0; x < width; x++) {
    if (((columns[x >>> 5] ?? 0) >>> (x & 31)) % 2 === 0) continue;
    first[2] = Math.min(first[2], x);
    last[2] = x;
  }
  if (last[0] < 0) return null;
  return { first, shape: [last[0] - first[0] + 1, last[1] - first[1] + 1, last[2] - first[2] + 1] };
}

/** The same mask with its axes reordered: new axis a is old axis `axes[a]`, reversed if `backwards[a]`. */
export function transposeMask(mask: NonzeroMask, axes: Triple, backwards: Backwards = FORWARD): NonzeroMask {
  if (isIdentity(axes, backwards)) return mask;
  const [depth, height, width] = mask.shape;
  const padded: Triple = [depth, height, mask.rowWords * 32];
  const { strides, start } = transposedLayout(padded, axes, backwards);
  const [dz, dy, dx] = strides;
  // Reversed, the last axis would begin in the padding.
  const skipped = axes.findIndex((axis, a) => axis === 2 && backwards[a]) < 0 ? 0 : padded[2] - width;
  const { shape } = transposedLayout(mask.shape, axes);
  const rowWords = Math.ceil(shape[2] / 32);
  const bits = new Uint32Array(shape[0] * shape[1] * rowWords);
  for (let row = 0; row < shape[0] * shape[1]; row++) {
    let at = start - skipped + Math.floor(row / shape[1]) * dz + (row % shape[1]) * dy;
    for (let x = 0; x < shape[2]; x++, at += dx) {
      const bit = ((mask.bits[at >>> 5] ?? 0) >>> (at & 31)) & 1;
      if (bit) bits[row * rowWords + (x >>> 5)] = (bits[row * rowWords + (x >>> 5)] ?? 0) | (1 << (x & 31));
    }
  }
  return { shape, rowWords, bits, box: mask.box && transposeBox(mask.box, mask.shape, axes, backwards) };
}

function transposeBox(box: VoxelBox, within: Triple, axes: Triple, backwards: Backwards): VoxelBox {
  const first = (a: 0 | 1 | 2) => {
    const axis = axes[a] as 0 | 1 | 2;
    return backwards[a] ? within[axis] - box.first[axis] - box.shape[axis] : box.first[axis];
  };
  const length = (a: 0 | 1 | 2) => box.shape[axes[a] as 0 | 1 | 2];
  return { first: [first(0), first(1), first(2)], shape: [length(0), length(1), length(2)] };
}
