/**
 * Finds every origin whose patch samples something of a region.
 *
 * A patch samples the positions origin + t, with one list of t per axis, so the union over all t is taken one
 * axis after the other, 32 origins of a row at a time. Where neighbouring t lie equally far apart, a union of
 * 2, 4, 8, ... of them comes from shifting and joining the previous one: the usual 64 take six steps.
 */
import type { Triple } from "../geometry/grid.ts";
import type { AxisTables } from "../targets/deep-supervision.ts";
import type { OriginRange } from "../targets/patch.ts";
import { type BitBox, setBits } from "./bit-box.ts";

/** One bit per origin of a range, in rows of whole words: bits beyond the range are never looked at. */
export interface OriginMap {
  readonly range: OriginRange;
  readonly lengths: Triple;
  /** Words per row. */
  readonly words: number;
  readonly bits: Uint32Array;
}

export function emptyOriginMap(range: OriginRange): OriginMap {
  const length = (axis: 0 | 1 | 2) => range.last[axis] - range.first[axis] + 1;
  const lengths: Triple = [length(0), length(1), length(2)];
  const words = Math.ceil(lengths[2] / 32);
  return { range, lengths, words, bits: new Uint32Array(lengths[0] * lengths[1] * words) };
}

/** Position of an origin's bit. */
export function bitOf({ range: { first }, lengths, words }: OriginMap, [z, y, x]: Triple): number {
  return ((z - first[0]) * lengths[1] + y - first[1]) * words * 32 + x - first[2];
}

/**
 * Marks every origin from which a patch samples a set bit of the box.
 * @param tables sampled positions, counted from the origin, ascending
 */
export function* markSampled(map: OriginMap, box: BitBox, tables: AxisTables): Generator<void, void> {
  if (tables.some(({ length }) => length === 0)) return;
  const [zs, ys, xs] = [unionOf(tables[0]), unionOf(tables[1]), unionOf(tables[2])];
  // Only these rows of origins reach the box.
  const reaching = (axis: 0 | 1, { first, last }: Union): readonly [number, number] => [
    Math.max(map.range.first[axis], box.first[axis] - last),
    Math.min(map.range.last[axis], box.first[axis] + box.lengths[axis] - 1 - first),
  ];
  const [zFirst, zLast] = reaching(0, zs);
  const [yFirst, yLast] = reaching(1, ys);
  if (zFirst > zLast || yFirst > yLast) return;
  const rows = yLast - yFirst + 1;
  const { words } = map;
  const slices = new Uint32Array(box.lengths[0] * rows * words);
  const along = joinAlongX(map, box, xs);
  const line = { first: box.first[1], count: box.lengths[1], words };
  for (let z = 0; z < box.lengths[0]; z++) {
    joinLines(along(z), line, ys, yFirst, slices.subarray(z * rows * words, (z + 1) * rows * words));
    yield;
  }
  const joined = new Uint32Array((zLast - zFirst + 1) * rows * words);
  const slice = { first: box.first[0], count: box.lengths[0], words: rows * words };
  joinLines(slices, slice, zs, zFirst, joined);
  for (let z = zFirst; z <= zLast; z++) {
    const to = ((z - map.range.first[0]) * map.lengths[1] + yFirst - map.range.first[1]) * words;
    const from = (z - zFirst) * rows * words;
    for (let i = 0; i < rows * words; i++)
      map.bits[to + i] = (map.bits[to + i] ?? 0) | (joined[from + i] ?? 0);
  }
}

/** Marks every origin from which a patch samples a position outside the case. */
export function markPadding(map: OriginMap, shape: Triple, tables: AxisTables): void {
  if (tables.some(({ length }) => length === 0)) return;
  const { range, lengths, words, bits } = map;
  const isOutside = (axis: 0 | 1 | 2, at: number) => {
    const origin = range.first[axis] + at;
    return origin + (tables[axis][0] ?? 0) < 0 || origin + (tables[axis].at(-1) ?? 0) >= shape[axis];
  };
  const row = new Uint32Array(words);
  for (let x = 0; x < lengths[2]; x++) if (isOutside(2, x)) setBits(row, x, x + 1);
  for (let z = 0; z < lengths[0]; z++)
    for (let y = 0; y < lengths[1]; y++) {
      const at = (z * lengths[1] + y) * words;
      const isAll = isOutside(0, z) || isOutside(1, y);
      for (let i = 0; i < words; i++)
        bits[at + i] = (bits[at + i] ?? 0) | (isAll ? 0xffffffff : (row[i] ?? 0));
    }
}

/**
 * How to join the positions from `first` to `last`: at level k, unions of 2^k positions that lie `gap` apart
 * are joined at `starts`.
 */
interface Union {
  readonly first: number;
  readonly last: number;
  readonly gap: number;
  /** Per level, where its unions start, counted from the first position. */
  readonly levels: readonly (readonly number[])[];
}

function unionOf(positions: Uint32Array): Union {
  const [first = 0, last = 0] = [positions[0], positions.at(-1)];
  const gap = mostFrequent(positions.subarray(1).map((at, i) => at - (positions[i] ?? 0)));
  const levels: number[][] = [];
  for (let from = 0, end = 0; from < positions.length; from = end) {
    const start = (positions[from] ?? 0) - first;
    while (end < positions.length && positions[end] === first + start + (end - from) * gap) end++;
    // Two overlapping unions cover any number of positions.
    const level = 31 - Math.clz32(end - from);
    while (levels.length <= level) levels.push([]);
    levels[level]?.push(start);
    if (end - from > 1 << level) levels[level]?.push(start + (end - from - (1 << level)) * gap);
  }
  return { first, last, gap, levels };
}

/** 1 for an empty list. */
function mostFrequent(list: Uint32Array): number {
  const counts = new Map<number, number>();
  for (const value of list) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = 1;
  for (const [value, count] of counts) if (count > (counts.get(best) ?? 0)) best = value;
  return best;
}

/** Returns a function that joins the rows of one slice of the box: one row of origins per row of the box. */
function joinAlongX(map: OriginMap, box: BitBox, union: Union): (z: number) => Uint32Array {
  const { words } = map;
  const from = Math.min(map.range.first[2] + union.first, box.first[2]);
  const offset = box.first[2] - from;
  const length = Math.ceil((offset + box.lengths[2]) / 32);
  const work = new Uint32Array(length);
  const joined = new Uint32Array(box.lengths[1] * words);
  const shift = map.range.first[2] + union.first - from;
  return (z) => {
    joined.fill(0);
    for (let y = 0; y < box.lengths[1]; y++) {
      const row = (z * box.lengths[1] + y) * box.words;
      work.fill(0);
      if (!placeRow(work, offset, box.bits.subarray(row, row + box.words))) continue;
      const to = joined.subarray(y * words, (y + 1) * words);
      for (const [level, starts] of union.levels.entries()) {
        if (level > 0) joinShifted(work, work, union.gap << (level - 1));
        for (const start of starts) joinShifted(to, work, shift + start);
      }
    }
    return joined;
  };
}

/** Copies a row of bits to a later position. @returns false if none is set */
function placeRow(to: Uint32Array, offset: number, row: Uint32Array): boolean {
  const at = offset >>> 5;
  const shift = offset & 31;
  let any = 0;
  for (let i = 0; i < row.length; i++) {
    const word = row[i] ?? 0;
    if (word === 0) continue;
    any |= word;
    to[at + i] = (to[at + i] ?? 0) | (word << shift);
    // A shift by 32 would be one by 0.
    if (shift > 0 && at + i + 1 < to.length) to[at + i + 1] = (to[at + i + 1] ?? 0) | (word >>> (32 - shift));
  }
  return any !== 0;
}

/** Joins to each bit of `to` the bit of `from` that is `shift` later; both may be the same. */
function joinShifted(to: Uint32Array, from: Uint32Array, shift: number): void {
  const skip = shift >>> 5;
  const by = shift & 31;
  const end = Math.min(to.length, from.length - skip);
  if (by === 0) {
    for (let i = 0; i < end; i++) to[i] = (to[i] ?? 0) | (from[i + skip] ?? 0);
    return;
  }
  for (let i = 0; i < end; i++) {
    const next = i + skip + 1 < from.length ? (from[i + skip + 1] ?? 0) << (32 - by) : 0;
    to[i] = (to[i] ?? 0) | ((from[i + skip] ?? 0) >>> by) | next;
  }
}

/** Consecutive lines of an axis, of equally many words. */
interface Lines {
  readonly first: number;
  readonly count: number;
  readonly words: number;
}

/** Joins lines to lines of origins from `firstOrigin`, as many as `to` has room for. */
function joinLines(lines: Uint32Array, at: Lines, union: Union, firstOrigin: number, to: Uint32Array): void {
  const { words } = at;
  // Unions that start before the first line need room.
  const from = Math.min(firstOrigin + union.first, at.first);
  const work = new Uint32Array((at.first - from + at.count) * words);
  work.set(lines, (at.first - from) * words);
  const shift = (firstOrigin + union.first - from) * words;
  for (const [level, starts] of union.levels.entries()) {
    if (level > 0) joinWords(work, work, (union.gap << (level - 1)) * words);
    for (const start of starts) joinWords(to, work, shift + start * words);
  }
}

/** {@link joinShifted} by whole words. */
function joinWords(to: Uint32Array, from: Uint32Array, skip: number): void {
  const end = Math.min(to.length, from.length - skip);
  for (let i = 0; i < end; i++) to[i] = (to[i] ?? 0) | (from[i + skip] ?? 0);
}
