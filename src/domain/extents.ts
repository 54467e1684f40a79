/** Where in a case each label, or each mask, is: the box of its voxels. */
import type { Triple } from "./grid.ts";
import type { MaskStack, PaletteVolume, Source } from "./palette-volume.ts";
import type { RegionTable } from "./region-table.ts";

/** First and last voxel per axis, both inside. */
export interface Extent {
  readonly first: Triple;
  readonly last: Triple;
}

/** First and last along axes 0, 1, 2 for each palette entry, or each mask; first above last where there is no voxel. */
export type Extents = Int32Array;

/** Words of a mask looked at between two pauses. */
const WORDS_A_STEP = 1 << 15;

/** Boxes of every palette entry, or every mask. Yields often, so that it can be done a little at a time. */
export function findExtents(source: Source): Generator<undefined, Extents> {
  return source.kind === "labels" ? ofEntries(source.volume) : ofMasks(source.stack);
}

/** The box around all voxels of some channels; null where there are none. */
export function extentOf(
  extents: Extents,
  table: RegionTable | null,
  channels: readonly number[],
): Extent | null {
  const wanted = (part: number) =>
    table
      ? channels.some((c) => ((table.bits[(c >>> 5) * table.paletteSize + part] ?? 0) >>> (c & 31)) & 1)
      : channels.includes(part);
  const first: [number, number, number] = [Infinity, Infinity, Infinity];
  const last: [number, number, number] = [-1, -1, -1];
  for (let part = 0; part * 6 < extents.length; part++) {
    if (!wanted(part)) continue;
    for (const axis of [0, 1, 2] as const) {
      first[axis] = Math.min(first[axis], extents[part * 6 + axis * 2] ?? Infinity);
      last[axis] = Math.max(last[axis], extents[part * 6 + axis * 2 + 1] ?? -1);
    }
  }
  return last[0] < 0 ? null : { first, last };
}

function empty(parts: number): Int32Array {
  const extents = new Int32Array(parts * 6);
  for (let i = 0; i < extents.length; i++) extents[i] = i % 2 === 0 ? 0x7fffffff : -1;
  return extents;
}

function widen(extents: Int32Array, at: number, position: number): void {
  if (position < (extents[at] ?? 0)) extents[at] = position;
  if (position > (extents[at + 1] ?? 0)) extents[at + 1] = position;
}

function* ofEntries({ grid, indices, palette }: PaletteVolume): Generator<undefined, Int32Array> {
  const extents = empty(palette.length);
  const [depth, height, width] = grid.shape;
  let i = 0;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      // Runs of equal entries: only their ends can widen a box.
      let before = -1;
      for (let x = 0; x < width; x++, i++) {
        const entry = indices[i] ?? 0;
        if (entry === before) continue;
        if (before >= 0) widen(extents, before * 6 + 4, x - 1);
        before = entry;
        widen(extents, entry * 6, z);
        widen(extents, entry * 6 + 2, y);
        widen(extents, entry * 6 + 4, x);
      }
      if (before >= 0) widen(extents, before * 6 + 4, width - 1);
    }
    yield;
  }
  return extents;
}

function* ofMasks({ grid, planes }: MaskStack): Generator<undefined, Int32Array> {
  const extents = empty(planes.length);
  const [, height, width] = grid.shape;
  for (const [c, plane] of planes.entries()) {
    for (const [w, word] of plane.entries()) {
      if (w % WORDS_A_STEP === 0) yield;
      for (let bits = word; bits !== 0; bits &= bits - 1) {
        const voxel = w * 32 + 31 - Math.clz32(bits & -bits);
        const row = Math.floor(voxel / width);
        widen(extents, c * 6, Math.floor(row / height));
        widen(extents, c * 6 + 2, row % height);
        widen(extents, c * 6 + 4, voxel % width);
      }
    }
  }
  return extents;
}
