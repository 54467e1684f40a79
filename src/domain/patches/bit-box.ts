/** Keeps one mask, or one pooled scale, as bits over a box of the case. */
import type { MaskRuns } from "../analysis/rle-mask.ts";
import { rowsWithRuns } from "../analysis/rle-mask.ts";
import type { Triple } from "../geometry/grid.ts";

/**
 * Bits over a box, one row of words per (z, y): bit `x & 31` of a row's word `x >>> 5`, counted in the box.
 */
export interface BitBox {
  /** Position of the box's first bit. */
  readonly first: Triple;
  readonly lengths: Triple;
  /** Words per row. */
  readonly words: number;
  readonly bits: Uint32Array;
}

export function emptyBitBox(first: Triple, lengths: Triple): BitBox {
  const words = Math.ceil(lengths[2] / 32);
  return { first, lengths, words, bits: new Uint32Array(lengths[0] * lengths[1] * words) };
}

/** A mask's bits over the smallest box that holds them; null without any. */
export function boxOfRuns(runs: MaskRuns): BitBox | null {
  const { shape, rowStart, starts, ends } = runs;
  if (starts.length === 0) return null;
  const [firstRow, endRow] = rowsWithRuns(runs);
  let [top, bottom, left, right] = [shape[1], 0, shape[2], 0];
  for (let row = firstRow; row < endRow; row++) {
    const [from = 0, to = 0] = [rowStart[row], rowStart[row + 1]];
    if (from === to) continue;
    const y = row % shape[1];
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    left = Math.min(left, starts[from] ?? 0);
    right = Math.max(right, ends[to - 1] ?? 0);
  }
  const near = Math.floor(firstRow / shape[1]);
  const far = Math.floor((endRow - 1) / shape[1]);
  const box = emptyBitBox([near, top, left], [far - near + 1, bottom - top + 1, right - left]);
  for (let row = firstRow; row < endRow; row++) {
    const z = Math.floor(row / shape[1]) - near;
    const at = (z * box.lengths[1] + (row % shape[1]) - top) * box.words * 32;
    for (let i = rowStart[row] ?? 0; i < (rowStart[row + 1] ?? 0); i++)
      setBits(box.bits, at + (starts[i] ?? 0) - left, at + (ends[i] ?? 0) - left);
  }
  return box;
}

/** Sets the bits from `from` up to but excluding `end`, of which there is at least one. */
export function setBits(bits: Uint32Array, from: number, end: number): void {
  const first = Math.floor(from / 32);
  const last = Math.floor((end - 1) / 32);
  const head = 0xffffffff << (from & 31);
  const tail = 0xffffffff >>> (31 - ((end - 1) & 31));
  if (first === last) {
    bits[first] = (bits[first] ?? 0) | (head & tail);
    return;
  }
  bits[first] = (bits[first] ?? 0) | head;
  bits.fill(0xffffffff, first + 1, last);
  bits[last] = (bits[last] ?? 0) | tail;
}
