/**
 * Finds the slices that contain each palette entry (or mask) along each array axis, and its centre. Makes one
 * pass in steps, so that the caller decides how long to continue and when to stop. Regions need no second
 * pass: they are where their labels are.
 */
import type { Triple } from "../geometry/grid.ts";
import type { MaskStack, PaletteVolume, Source } from "../volume/palette-volume.ts";
import type { PaletteRuns } from "./rle-mask.ts";
import { type SliceOccupancy, sliceWords } from "./slice-set.ts";

/**
 * Voxels per step: a fraction of a millisecond, or two milliseconds if every voxel has a different label from
 * its neighbour.
 */
const STEP_VOXELS = 1 << 17;
/** {@link STEP_VOXELS} for masks, where 32 voxels share a word and most words are empty. */
const STEP_MASK_VOXELS = 1 << 19;

/** Yields the completed fraction, 0..1, after every step; returns the result. */
export function* sliceOccupancy(source: Source): Generator<number, SliceOccupancy> {
  return source.kind === "labels"
    ? yield* ofLabels(source.volume, STEP_VOXELS)
    : yield* ofMasks(source.stack, STEP_MASK_VOXELS);
}

function empty(shape: Triple, entries: number): SliceOccupancy {
  const along = (axis: 0 | 1 | 2) => new Uint32Array(entries * sliceWords(shape[axis]));
  return { shape, entries, bits: [along(0), along(1), along(2)], sums: new Float64Array(entries * 4) };
}

function* ofLabels({ grid, palette, indices }: PaletteVolume, stepVoxels: number) {
  const [depth, height, width] = grid.shape;
  const found = empty(grid.shape, palette.length);
  const { bits, sums } = found;
  const [zWords, yWords, xWords] = [sliceWords(depth), sliceWords(height), sliceWords(width)];
  const rows = depth * height;
  const stepRows = Math.max(1, Math.floor(stepVoxels / width));
  for (let from = 0; from < rows; from += stepRows) {
    const to = Math.min(rows, from + stepRows);
    for (let row = from; row < to; row++) {
      const z = Math.floor(row / height);
      const y = row - z * height;
      const start = row * width;
      let x = 0;
      while (x < width) {
        const entry = indices[start + x] ?? 0;
        const first = x++;
        while (x < width && indices[start + x] === entry) x++;
        set(bits[0], entry * zWords, z);
        set(bits[1], entry * yWords, y);
        setRange(bits[2], entry * xWords, first, x);
        add(sums, entry, x - first, z, y, (first + x - 1) / 2);
      }
    }
    yield to / rows;
  }
  return found;
}

/** {@link sliceOccupancy} of a label volume whose runs are known: takes as long as there are runs. */
export function occupancyOfRuns({ grid, palette }: PaletteVolume, runs: PaletteRuns): SliceOccupancy {
  const [depth, height, width] = grid.shape;
  const found = empty(grid.shape, palette.length);
  const { bits, sums } = found;
  const [zWords, yWords, xWords] = [sliceWords(depth), sliceWords(height), sliceWords(width)];
  const { rowStart, starts, entries } = runs;
  for (let row = 0; row < depth * height; row++) {
    const z = Math.floor(row / height);
    const y = row - z * height;
    const to = rowStart[row + 1] as number;
    for (let i = rowStart[row] as number; i < to; i++) {
      const entry = entries[i] as number;
      const first = starts[i] as number;
      const end = i + 1 < to ? (starts[i + 1] as number) : width;
      set(bits[0], entry * zWords, z);
      set(bits[1], entry * yWords, y);
      setRange(bits[2], entry * xWords, first, end);
      add(sums, entry, end - first, z, y, (first + end - 1) / 2);
    }
  }
  return found;
}

function* ofMasks({ grid, bitPlanes }: MaskStack, stepVoxels: number) {
  const [depth, height, width] = grid.shape;
  const found = empty(grid.shape, bitPlanes.length);
  const { bits, sums } = found;
  const [zWords, yWords, xWords] = [sliceWords(depth), sliceWords(height), sliceWords(width)];
  const voxels = depth * height * width;
  const words = sliceWords(voxels);
  const stepWords = Math.max(1, stepVoxels >>> 5);
  for (const [entry, bitPlane] of bitPlanes.entries()) {
    for (let from = 0; from < words; from += stepWords) {
      const to = Math.min(words, from + stepWords);
      for (let w = from; w < to; w++) {
        let left = bitPlane[w] ?? 0;
        while (left !== 0) {
          const low = 31 - Math.clz32(left & -left);
          // Set bits that follow one another within the word.
          const holes = ~(left >>> low);
          const length = holes === 0 ? 32 : 31 - Math.clz32(holes & -holes);
          left = low + length > 31 ? 0 : left & (0xffffffff << (low + length));
          // A word may extend past the end of a row, or past several short ones.
          let at = w * 32 + low;
          const end = Math.min(at + length, voxels);
          while (at < end) {
            const row = Math.floor(at / width);
            const next = Math.min(end, (row + 1) * width);
            const z = Math.floor(row / height);
            const y = row - z * height;
            const first = at - row * width;
            const last = next - row * width;
            set(bits[0], entry * zWords, z);
            set(bits[1], entry * yWords, y);
            setRange(bits[2], entry * xWords, first, last);
            add(sums, entry, last - first, z, y, (first + last - 1) / 2);
            at = next;
          }
        }
      }
      yield (entry + to / words) / bitPlanes.length;
    }
  }
  return found;
}

function set(bits: Uint32Array, base: number, i: number): void {
  const word = base + (i >>> 5);
  bits[word] = (bits[word] ?? 0) | (1 << (i & 31));
}

/** Sets the bits from `from` up to but excluding `to`; the range is not empty. */
function setRange(bits: Uint32Array, base: number, from: number, to: number): void {
  const last = (to - 1) >>> 5;
  for (let word = from >>> 5; word <= last; word++) {
    const head = word === from >>> 5 ? 0xffffffff << (from & 31) : 0xffffffff;
    const tail = word === last ? 0xffffffff >>> (31 - ((to - 1) & 31)) : 0xffffffff;
    bits[base + word] = (bits[base + word] ?? 0) | (head & tail);
  }
}

function add(sums: Float64Array, entry: number, count: number, z: number, y: number, x: number): void {
  const at = entry * 4;
  sums[at] = (sums[at] ?? 0) + count;
  sums[at + 1] = (sums[at + 1] ?? 0) + count * z;
  sums[at + 2] = (sums[at + 2] ?? 0) + count * y;
  sums[at + 3] = (sums[at + 3] ?? 0) + count * x;
}
