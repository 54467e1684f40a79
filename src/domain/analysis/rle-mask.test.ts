/** Tests the run-length encoding of labels and masks. */
import { describe, expect, test } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { regionSetFromLabels } from "../dataset/region-set.ts";
import { regionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import { type MaskRuns, maskRunsOf, rowsWithRuns } from "./rle-mask.ts";

const ENTRIES = 7;
const PALETTE = Float64Array.from({ length: ENTRIES }, (_, value) => value);
/** Includes every label but 0, the background. */
const TABLE = regionTable(PALETTE, regionSetFromLabels(PALETTE).regions);

type Indices = Uint8Array | Uint16Array;

/** Random run lengths, so that stretches of equal voxels start and end anywhere in a word. */
function indicesOf(shape: Triple, bytes: 1 | 2, longest: number, offset: number): Indices {
  const random = randomFrom(longest + shape[2]);
  const length = shape[0] * shape[1] * shape[2] + offset;
  const whole = bytes === 1 ? new Uint8Array(length) : new Uint16Array(length);
  for (let at = 0; at < length; ) {
    const end = at + 1 + Math.floor(random() * longest);
    whole.fill(Math.floor(random() * ENTRIES), at, end);
    at = end;
  }
  return whole.subarray(offset);
}

function runsOf(shape: Triple, indices: Indices, channel: number): MaskRuns {
  const toWorld = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];
  const volume = { grid: { shape, toWorld }, palette: PALETTE, indices, counts: new Float64Array(ENTRIES) };
  return maskRunsOf({ kind: "labels", volume }, TABLE)(channel);
}

/** Finds runs by looking at every voxel. */
function plainRuns(shape: Triple, indices: Indices, entry: number): MaskRuns {
  const [depth, height, width] = shape;
  const rowStart = [0];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let row = 0; row < depth * height; row++) {
    const is = (x: number) => x >= 0 && x < width && indices[row * width + x] === entry;
    for (let x = 0; x < width; x++) {
      if (is(x) && !is(x - 1)) starts.push(x);
      if (is(x) && !is(x + 1)) ends.push(x + 1);
    }
    rowStart.push(starts.length);
  }
  return {
    shape,
    rowStart: Int32Array.from(rowStart),
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
  };
}

const SHAPES: readonly Triple[] = [
  [1, 1, 1],
  [3, 2, 3],
  [2, 5, 4],
  [3, 4, 33],
  [2, 3, 130],
];

describe.each([1, 2] as const)("runs of a label volume of %i bytes a voxel", (bytes) => {
  // With a maximum of 1, every voxel may be its own run, which exceeds the initial capacity.
  test.each([1, 3, 9, 400])("up to %i voxels long equal those found by looking at every voxel", (longest) => {
    for (const shape of SHAPES) {
      for (const offset of [0, 1, 2, 3]) {
        const indices = indicesOf(shape, bytes, longest, offset);
        for (let channel = 0; channel < TABLE.channels; channel++)
          expect(runsOf(shape, indices, channel)).toEqual(plainRuns(shape, indices, channel + 1));
      }
    }
  });
});

test("rowsWithRuns gives the first and the last row with runs, and an empty range if none has any", () => {
  const rows = (...rowStart: number[]) => rowsWithRuns({ rowStart: Int32Array.from(rowStart) });
  expect(rows(0, 0, 0)).toEqual([0, 0]);
  expect(rows(0, 1)).toEqual([0, 1]);
  expect(rows(0, 0, 2, 2, 3, 3)).toEqual([1, 4]);
  expect(rows(0, 2, 2)).toEqual([0, 1]);
  expect(rows(0, 0, 2)).toEqual([1, 2]);
});
