/** Finds the places where two sides of a comparison differ: voxels that touch and differ in the same way. */
import { mapSteps } from "../../base/time-slice.ts";
import { entriesOfChannel } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import { type Box, componentsOfRuns, LISTED_COMPONENTS } from "./components.ts";
import {
  type ComparedSide,
  fullPositions,
  membershipOf,
  NOWHERE,
  type Positions,
  rowOf,
} from "./overlap-counts.ts";
import type { MaskRuns } from "./rle-mask.ts";

export interface DifferencePlace {
  /** At full size. */
  readonly voxels: number;
  /** The full-size voxel of the place nearest to its centre. */
  readonly example: Triple;
  readonly box: Box;
  /** Compared channels that every voxel of the place is in, on either side. */
  readonly a: readonly number[];
  readonly b: readonly number[];
}

export interface DifferencePlaces {
  /** Largest first. */
  readonly listed: readonly DifferencePlace[];
  /** How many there are, with those that are not listed. */
  readonly places: number;
}

/** What a side holds at its voxels: one of few sets of channels. */
interface Classes {
  /** Channels of each class; the first has none, and stands for voxels that are nowhere too. */
  readonly sets: readonly (readonly number[])[];
  readonly ofA: (voxel: number) => number;
  readonly ofB: (voxel: number) => number;
}

/**
 * Compares the sides at full size, for which coarse scales are expanded. Yields the fraction done, often.
 * @param channels those to compare, the same on both sides
 */
export function* differencePlaces(
  a: ComparedSide,
  b: ComparedSide,
  channels: readonly number[],
): Generator<number, DifferencePlaces> {
  const found: DifferencePlace[] = [];
  const passes = classesOf(a, b, channels);
  const sides = [
    { ...a, positions: fullPositions(a) },
    { ...b, positions: fullPositions(b) },
  ] as const;
  let places = 0;
  for (const [i, classes] of passes.entries()) {
    const runs = yield* mapSteps(
      differingRuns(sides[0], sides[1], classes),
      (done) => (i + done) / passes.length,
    );
    for (const [pair, differing] of runs) {
      const { listed, rest } = componentsOfRuns(maskRuns(differing, a.targets.shape), 0);
      const [ofA, ofB] = [Math.floor(pair / classes.sets.length), pair % classes.sets.length];
      const sets = { a: classes.sets[ofA] ?? [], b: classes.sets[ofB] ?? [] };
      places += listed.length + rest.components;
      for (const { voxels, example, box } of listed) found.push({ voxels, example, box, ...sets });
      yield (i + 1) / passes.length;
    }
  }
  found.sort((p, q) => q.voxels - p.voxels);
  return { listed: found.slice(0, LISTED_COMPONENTS), places };
}

/** Labels are classified by entry, all channels at once; masks have none, so each channel is a pass. */
function classesOf(a: ComparedSide, b: ComparedSide, channels: readonly number[]): readonly Classes[] {
  if (a.source.kind !== "labels" || b.source.kind !== "labels")
    return channels.map((channel) => {
      const [inA, inB] = [membershipOf(a, channel), membershipOf(b, channel)];
      return {
        sets: [[], [channel]],
        ofA: (voxel) => Number(inA(voxel)),
        ofB: (voxel) => Number(inB(voxel)),
      };
    });
  const sets: (readonly number[])[] = [[]];
  const known = new Map<string, number>([["", 0]]);
  const numberOf = (set: readonly number[]) => {
    const key = set.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, sets.length);
    return sets.push(set) - 1;
  };
  const byEntry = ({ table }: ComparedSide) =>
    Int32Array.from(channelsByEntry(table, channels), (set) => numberOf(set));
  const [classA, classB] = [byEntry(a), byEntry(b)];
  const [{ indices: indicesA }, { indices: indicesB }] = [a.source.volume, b.source.volume];
  return [
    {
      sets,
      ofA: (voxel) => classA[indicesA[voxel] ?? 0] ?? 0,
      ofB: (voxel) => classB[indicesB[voxel] ?? 0] ?? 0,
    },
  ];
}

function channelsByEntry(table: ComparedSide["table"], channels: readonly number[]): number[][] {
  const sets = Array.from({ length: table?.paletteSize ?? 0 }, (): number[] => []);
  if (table) for (const c of channels) for (const p of entriesOfChannel(table, c)) sets[p]?.push(c);
  return sets;
}

interface Runs {
  readonly rows: number[];
  readonly starts: number[];
  readonly ends: number[];
}

type Side = ComparedSide & { readonly positions: Positions };

/**
 * Runs of voxels that differ in one way, by `classA * classes + classB`. Yields the fraction after a slice.
 */
function* differingRuns(
  a: Side,
  b: Side,
  { sets, ofA, ofB }: Classes,
): Generator<number, ReadonlyMap<number, Runs>> {
  const runs = new Map<number, Runs>();
  const [depth, height, width] = a.targets.shape;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const [rowA, rowB] = [rowOf(a, z, y), rowOf(b, z, y)];
      let before = NOWHERE;
      let start = 0;
      const end = (x: number) => {
        if (before === NOWHERE) return;
        const list = runs.get(before) ?? { rows: [], starts: [], ends: [] };
        if (list.rows.length === 0) runs.set(before, list);
        list.rows.push(z * height + y);
        list.starts.push(start);
        list.ends.push(x);
      };
      for (let x = 0; x < width; x++) {
        const [i, j] = [a.positions[2][x] ?? NOWHERE, b.positions[2][x] ?? NOWHERE];
        const classA = rowA < 0 || i < 0 ? 0 : ofA(rowA + i);
        const classB = rowB < 0 || j < 0 ? 0 : ofB(rowB + j);
        const pair = classA === classB ? NOWHERE : classA * sets.length + classB;
        if (pair === before) continue;
        end(x);
        [before, start] = [pair, x];
      }
      end(width);
    }
    yield (z + 1) / depth;
  }
  return runs;
}

/** @param runs in C order */
function maskRuns({ rows, starts, ends }: Runs, shape: Triple): MaskRuns {
  const rowStart = new Int32Array(shape[0] * shape[1] + 1);
  for (const row of rows) rowStart[row + 1] = (rowStart[row + 1] ?? 0) + 1;
  for (let row = 1; row < rowStart.length; row++)
    rowStart[row] = (rowStart[row] ?? 0) + (rowStart[row - 1] ?? 0);
  return { shape, rowStart, starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
}
