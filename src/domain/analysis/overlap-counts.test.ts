/** Tests the voxels that two sides share per region, against loops over masks. */
import { expect, test } from "vitest";
import { regionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import { placedTargets, targetVoxel } from "../targets/placed-targets.ts";
import { downsample, maskOf } from "../targets/reference.ts";
import type { Source } from "../volume/palette-volume.ts";
import {
  type ComparedSide,
  diceOf,
  differenceBar,
  type OverlapCounts,
  overlapCounts,
} from "./overlap-counts.ts";

const shape: Triple = [9, 10, 13];
const VOXELS = 9 * 10 * 13;
const grid = { shape, toWorld: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] };
const strides: Triple[] = [
  [1, 1, 1],
  [2, 2, 2],
  [2, 1, 2],
  [2, 2, 2],
];
const region = (labels: readonly number[]) => ({ name: "r", labels, classOrder: null, ignore: false });
const REGIONS = [region([1]), region([2, 3]), region([1, 2, 7]), region([9])];

function finish(work: Generator<unknown, OverlapCounts>): OverlapCounts {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

let seed = 3;
function random(): number {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
}

function labels(values: readonly number[], regions = REGIONS): Pick<ComparedSide, "source" | "table"> {
  const palette = Float64Array.from(values);
  const indices = Uint8Array.from({ length: VOXELS }, () => Math.floor(random() * values.length));
  return {
    source: { kind: "labels", volume: { grid, indices, palette, counts: new Float64Array(values.length) } },
    table: regionTable(palette, regions),
  };
}

function masks(): Pick<ComparedSide, "source" | "table"> {
  const bitPlanes = REGIONS.map((_, c) =>
    Uint32Array.from({ length: Math.ceil(VOXELS / 32) }, () => (c === 3 ? 0 : random() * 2 ** 32)),
  );
  const source: Source = { kind: "masks", stack: { grid, names: REGIONS.map((_, c) => `${c}`), bitPlanes } };
  return { source, table: null };
}

/** Counts voxel by voxel, from whole masks. */
function dumb(a: ComparedSide, b: ComparedSide, own: boolean): unknown {
  const masksOf = (side: ComparedSide, c: number) => {
    const placed = side.targets.scales[side.scale];
    if (!placed) throw new Error("no such scale");
    const small = downsample(maskOf(side.source, side.table, c), shape, placed.tables);
    if (own) return [...small];
    return Array.from({ length: VOXELS }, (_, i) => {
      const at = targetVoxel(side.targets, placed, [Math.floor(i / 130), Math.floor(i / 13) % 10, i % 13]);
      return at ? (small[(at[0] * placed.shape[1] + at[1]) * placed.shape[2] + at[2]] ?? 0) : 0;
    });
  };
  return REGIONS.map((_, c) => {
    const [inA, inB] = [masksOf(a, c), masksOf(b, c)];
    return {
      a: inA.filter(Boolean).length,
      b: inB.filter(Boolean).length,
      both: inA.filter((held, i) => held && inB[i]).length,
    };
  });
}

const whole = placedTargets(shape, null, strides, "nearest-exact");
const other = placedTargets(shape, null, strides, "resize-segmentation");
const patch = placedTargets(shape, { origin: [-2, 3, 4], size: [8, 6, 12] }, strides, "nearest-exact");

test.each([
  ["full size, two files", whole, 0, whole, 0, true],
  ["one scale, two files", whole, 1, whole, 1, true],
  ["two scales", whole, 0, whole, 2, false],
  ["two modes", whole, 2, other, 2, true],
  ["two scales of a patch", patch, 0, patch, 1, false],
  ["one scale of a patch", patch, 1, patch, 1, true],
] as const)("%s: counts equal those of loops over masks", (_, targetsA, scaleA, targetsB, scaleB, own) => {
  for (const make of [() => labels([0, 1, 2, 3, 7]), masks]) {
    const a = { ...make(), targets: targetsA, scale: scaleA };
    const b = { ...make(), targets: targetsB, scale: scaleB };
    const counted = finish(overlapCounts(a, b, REGIONS.length));
    expect(counted.voxels).toBe(own ? "own" : "full");
    expect(counted.regions).toEqual(dumb(a, b, own));
  }
});

test("different palettes, different regions, and labels beside masks are counted as by loops", () => {
  const a = { ...labels([0, 1, 2, 3, 7]), targets: whole, scale: 0 };
  const b = {
    ...labels([5, 7, 3, 0], [region([5]), region([]), region([3, 7]), region([9])]),
    targets: whole,
    scale: 0,
  };
  const stack = { ...masks(), targets: whole, scale: 0 };
  expect(finish(overlapCounts(a, b, 4)).regions).toEqual(dumb(a, b, true));
  expect(finish(overlapCounts(a, stack, 4)).regions).toEqual(dumb(a, stack, true));
});

test("a palette too large for an array of pairs is counted as by loops", () => {
  const large = Array.from({ length: 250 }, (_, i) => i);
  const a = { ...labels(large), targets: whole, scale: 0 };
  const wide = Float64Array.from({ length: 20_000 }, (_, i) => i);
  const indices = Uint16Array.from(
    { length: VOXELS },
    () => Math.floor(random() * 12) * (random() < 0.5 ? 1 : 999),
  );
  const b: ComparedSide = {
    source: { kind: "labels", volume: { grid, indices, palette: wide, counts: new Float64Array(20_000) } },
    table: regionTable(wide, REGIONS),
    targets: whole,
    scale: 0,
  };
  expect(finish(overlapCounts(a, b, 4)).regions).toEqual(dumb(a, b, true));
});

test("Dice is twice the shared voxels over the sum of both, and null if both are empty", () => {
  expect(diceOf({ a: 6, b: 2, both: 2 })).toBe(0.5);
  expect(diceOf({ a: 4, b: 0, both: 0 })).toBe(0);
  expect(diceOf({ a: 0, b: 0, both: 0 })).toBeNull();
});

test("bars of 1 − Dice grow by a quarter per decade, and only equal sets have none", () => {
  expect([0, 0.9, 0.99, 0.999].map((dice) => Number(differenceBar(dice).toFixed(6)))).toEqual([
    1, 0.75, 0.5, 0.25,
  ]);
  expect(differenceBar(1)).toBe(0);
  expect(differenceBar(1 - 1e-9)).toBeGreaterThan(0);
  expect(differenceBar(1 - 1e-9)).toBeLessThan(differenceBar(0.999));
});
