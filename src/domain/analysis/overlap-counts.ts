/**
 * Counts the voxels of every region on two sides, and those they share, from one histogram of pairs of
 * palette entries.
 */
import type { RegionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import type { AxisTables } from "../targets/deep-supervision.ts";
import { axisPlacement, type PlacedTargets, targetPosition } from "../targets/placed-targets.ts";
import { type MaskStack, type Source, sourceGrid } from "../volume/palette-volume.ts";

/** The targets of one scale of one source. */
export interface ComparedSide {
  readonly source: Source;
  /** Null for masks. */
  readonly table: RegionTable | null;
  readonly targets: PlacedTargets;
  readonly scale: number;
}

export interface OverlapCount {
  readonly a: number;
  readonly b: number;
  readonly both: number;
}

export interface OverlapCounts {
  /** `own`: voxels of the scale that both sides use; `full`: both sides expanded to full size. */
  readonly voxels: "own" | "full";
  /** In channel order. */
  readonly regions: readonly OverlapCount[];
}

/** A position without a voxel: beyond a patch, or at a scale without voxels. */
export const NOWHERE = -1;
/** Largest number of pairs of entries to count in an array instead of a map. */
const DENSE_PAIRS = 1 << 21;

/** Dice of two sets; null if both are empty, which is neither good nor bad. */
export function diceOf({ a, b, both }: OverlapCount): number | null {
  return a + b === 0 ? null : (2 * both) / (a + b);
}

/** Decades of 1 − Dice that a bar shows: from 0.0001, below which nobody cares, to 1. */
const BAR_DECADES = 4;

/**
 * Length of the bar for 1 − Dice on a logarithmic scale, 0..1: Dice 0.98 and 0.999 differ as visibly as 0.1
 * and 0.5. Nothing only if the sets are equal: smaller differences get a sliver.
 */
export function differenceBar(dice: number): number {
  if (dice >= 1) return 0;
  return Math.max(0.02, 1 + Math.log10(1 - dice) / BAR_DECADES);
}

/**
 * Counts the channels of two sides on one grid, slice by slice; yields often. Compares sides with equal
 * scales at the scale's voxels, and others at full-size voxels.
 */
export function* overlapCounts(
  a: ComparedSide,
  b: ComparedSide,
  channels: number,
): Generator<undefined, OverlapCounts> {
  const own = sameVoxels(a, b);
  const [ofA, ofB] = own ? [ownPositions(a), ownPositions(b)] : [fullPositions(a), fullPositions(b)];
  const [sideA, sideB] = [
    { ...a, positions: ofA },
    { ...b, positions: ofB },
  ];
  const regions =
    a.table && b.table && a.source.kind === "labels" && b.source.kind === "labels"
      ? overlapsOf(yield* labelPairs(sideA, sideB), a.table, b.table)
      : yield* byChannel(sideA, sideB, channels);
  return { voxels: own ? "own" : "full", regions };
}

export type Positions = readonly [Int32Array, Int32Array, Int32Array];

/** Voxels of a source, on a grid of their own. */
interface PlacedSource {
  readonly source: Source;
  /** Source index of each voxel of the grid along each axis; -1 without one. */
  readonly positions: Positions;
}

type Side = ComparedSide & PlacedSource;

function sameVoxels(a: ComparedSide, b: ComparedSide): boolean {
  const [one, other] = [a.targets.scales[a.scale], b.targets.scales[b.scale]];
  const same = (p: Triple | undefined, q: Triple | undefined) => p?.every((n, axis) => n === q?.[axis]);
  return Boolean(
    same(one?.shape, other?.shape) &&
      same(one?.scale.shape, other?.scale.shape) &&
      same(one?.skipped, other?.skipped) &&
      same(a.targets.inside.first, b.targets.inside.first),
  );
}

/** Source voxels of the scale's own voxels, per axis. */
function ownPositions({ targets, scale }: ComparedSide): Positions {
  const tables: AxisTables | undefined = targets.scales[scale]?.tables;
  return [
    Int32Array.from(tables?.[0] ?? []),
    Int32Array.from(tables?.[1] ?? []),
    Int32Array.from(tables?.[2] ?? []),
  ];
}

/** Source voxels under every full-size voxel, per axis. */
export function fullPositions({ targets, scale }: ComparedSide): Positions {
  const placed = targets.scales[scale];
  const along = (axis: 0 | 1 | 2) => {
    const table = placed?.tables[axis];
    const place = placed && axisPlacement(targets, placed, axis);
    return Int32Array.from({ length: targets.shape[axis] }, (_, at) => {
      if (!table || !place) return NOWHERE;
      return table[Math.floor(targetPosition(place, at + 0.5))] ?? NOWHERE;
    });
  };
  return [along(0), along(1), along(2)];
}

/** How many voxels have an entry of one palette on side a, and an entry of another on side b. */
export interface LabelPairs {
  /**
   * A pair is `entryA * width + entryB`. The number after a palette's last entry stands for {@link NOWHERE}.
   */
  readonly width: number;
  readonly voxels: Iterable<readonly [pair: number, voxels: number]>;
}

/**
 * Counts the pairs of two label volumes on one grid in one pass over its voxels, and yields after every
 * slice. Masks have none.
 */
export function* labelPairs(a: PlacedSource, b: PlacedSource): Generator<undefined, LabelPairs> {
  if (a.source.kind !== "labels" || b.source.kind !== "labels") return { width: 1, voxels: [] };
  const [{ indices: indicesA, palette: paletteA }, { indices: indicesB, palette: paletteB }] = [
    a.source.volume,
    b.source.volume,
  ];
  const width = paletteB.length + 1;
  const pairs = pairCounter((paletteA.length + 1) * width);
  const columns = a.positions[2].length;
  const [xa, xb] = [a.positions[2], b.positions[2]];
  for (let z = 0; z < a.positions[0].length; z++) {
    for (let y = 0; y < a.positions[1].length; y++) {
      const [rowA, rowB] = [rowOf(a, z, y), rowOf(b, z, y)];
      let before = -1;
      let repeats = 0;
      for (let x = 0; x < columns; x++) {
        const [i, j] = [xa[x] ?? NOWHERE, xb[x] ?? NOWHERE];
        const entryA = rowA < 0 || i < 0 ? paletteA.length : (indicesA[rowA + i] ?? 0);
        const entryB = rowB < 0 || j < 0 ? paletteB.length : (indicesB[rowB + j] ?? 0);
        const pair = entryA * width + entryB;
        if (pair !== before) {
          if (repeats > 0) pairs.add(before, repeats);
          before = pair;
          repeats = 0;
        }
        repeats++;
      }
      if (repeats > 0) pairs.add(before, repeats);
    }
    yield;
  }
  return { width, voxels: pairs.all() };
}

/** First voxel of a row of the source; -1 for nowhere. */
export function rowOf({ source, positions }: PlacedSource, z: number, y: number): number {
  const [, height, width] = sourceGrid(source).shape;
  const [atZ, atY] = [positions[0][z] ?? NOWHERE, positions[1][y] ?? NOWHERE];
  return atZ < 0 || atY < 0 ? NOWHERE : (atZ * height + atY) * width;
}

interface PairCounter {
  add(pair: number, voxels: number): void;
  all(): Iterable<readonly [number, number]>;
}

function pairCounter(pairs: number): PairCounter {
  if (pairs <= DENSE_PAIRS) {
    const counts = new Float64Array(pairs);
    return {
      add: (pair, voxels) => {
        counts[pair] = (counts[pair] ?? 0) + voxels;
      },
      // An iterator of entries is used up after one pass.
      all: () => ({ [Symbol.iterator]: () => counts.entries() }),
    };
  }
  const counts = new Map<number, number>();
  return { add: (pair, voxels) => counts.set(pair, (counts.get(pair) ?? 0) + voxels), all: () => counts };
}

/** Adds up the pairs for every region. The tables have the same channels, and are of the pairs' palettes. */
export function overlapsOf(
  { width, voxels: pairs }: LabelPairs,
  tableA: RegionTable,
  tableB: RegionTable,
): OverlapCount[] {
  const counts = Array.from({ length: tableA.channels }, () => ({ a: 0, b: 0, both: 0 }));
  for (const [pair, voxels] of pairs) {
    if (voxels === 0) continue;
    const [entryA, entryB] = [Math.floor(pair / width), pair % width];
    for (let w = 0; w < tableA.words; w++) {
      const inA = bitsOf(tableA, w, entryA);
      const inB = bitsOf(tableB, w, entryB);
      for (let bits = inA | inB; bits !== 0; bits &= bits - 1) {
        const bit = bits & -bits;
        const count = counts[w * 32 + 31 - Math.clz32(bit)];
        if (!count) continue;
        if (inA & bit) count.a += voxels;
        if (inB & bit) count.b += voxels;
        if (inA & inB & bit) count.both += voxels;
      }
    }
  }
  return counts;
}

function bitsOf({ bits, paletteSize }: RegionTable, word: number, entry: number): number {
  return entry >= paletteSize ? 0 : (bits[word * paletteSize + entry] ?? 0);
}

/** Makes one pass per region, because masks have no palette. */
function* byChannel(a: Side, b: Side, channels: number): Generator<undefined, OverlapCount[]> {
  const counts: OverlapCount[] = [];
  for (let c = 0; c < channels; c++) {
    const [inA, inB] = [membershipOf(a, c), membershipOf(b, c)];
    const count = { a: 0, b: 0, both: 0 };
    for (let z = 0; z < a.positions[0].length; z++) {
      for (let y = 0; y < a.positions[1].length; y++) {
        const [rowA, rowB] = [rowOf(a, z, y), rowOf(b, z, y)];
        for (let x = 0; x < a.positions[2].length; x++) {
          const [i, j] = [a.positions[2][x] ?? NOWHERE, b.positions[2][x] ?? NOWHERE];
          const isA = rowA >= 0 && i >= 0 && inA(rowA + i);
          const isB = rowB >= 0 && j >= 0 && inB(rowB + j);
          if (isA) count.a++;
          if (isB) count.b++;
          if (isA && isB) count.both++;
        }
      }
      yield;
    }
    counts.push(count);
  }
  return counts;
}

/** True if a channel contains a voxel of the source. */
export function membershipOf(
  { source, table }: Pick<ComparedSide, "source" | "table">,
  channel: number,
): (voxel: number) => boolean {
  if (source.kind === "masks") return inMask(source.stack, channel);
  const { indices, palette } = source.volume;
  const inside = Uint8Array.from(palette, (_, entry) =>
    table ? (bitsOf(table, channel >>> 5, entry) >>> (channel & 31)) & 1 : 0,
  );
  return (voxel) => inside[indices[voxel] ?? 0] === 1;
}

function inMask({ bitPlanes }: MaskStack, channel: number): (voxel: number) => boolean {
  const bitPlane = bitPlanes[channel];
  return (voxel) => (((bitPlane?.[voxel >>> 5] ?? 0) >>> (voxel & 31)) & 1) === 1;
}
