/** Tests the places where two sides differ, against sets counted by hand. */
import { expect, test } from "vitest";
import { regionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import { placedTargets } from "../targets/placed-targets.ts";
import { stackOf, volumeOf } from "../testing/small-case.ts";
import { type DifferencePlaces, differencePlaces } from "./difference-places.ts";
import type { ComparedSide } from "./overlap-counts.ts";

const shape: Triple = [2, 2, 8];
const targets = placedTargets(
  shape,
  null,
  [
    [1, 1, 1],
    [2, 2, 2],
    [2, 2, 2],
  ],
  "nearest-exact",
  "default",
);
const REGIONS = [[1], [2, 3], [3]].map((labels, i) => ({
  name: `${i}`,
  labels,
  classOrder: null,
  ignore: false,
}));

function labels(values: readonly number[], scale = 0): ComparedSide {
  const volume = volumeOf(shape, values);
  return { source: { kind: "labels", volume }, table: regionTable(volume.palette, REGIONS), targets, scale };
}

function placesOf(a: ComparedSide, b: ComparedSide, channels: readonly number[]): DifferencePlaces {
  const work = differencePlaces(a, b, channels);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    expect(step.value).toBeLessThanOrEqual(1);
  }
}

const boxOf = (first: Triple, last = first) => ({ first, last });
const row = (...values: number[]) => values;
const A = [
  ...row(1, 1, 0, 0, 2, 2, 0, 0),
  ...row(1, 1, 0, 0, 0, 0, 0, 3),
  ...row(0, 0, 0, 0, 0, 0, 0, 0),
  ...row(0, 0, 0, 0, 0, 0, 0, 3),
];
const B = [
  ...row(1, 0, 0, 0, 3, 2, 0, 0),
  ...row(1, 0, 0, 0, 0, 0, 0, 0),
  ...row(0, 0, 0, 1, 0, 0, 0, 0),
  ...row(0, 0, 0, 0, 0, 0, 0, 0),
];

test("voxels that touch and differ in the same way are one place, the largest first", () => {
  const { listed, places } = placesOf(labels(A), labels(B), [0, 1, 2]);
  expect(places).toBe(4);
  expect(listed.map(({ voxels }) => voxels)).toEqual([2, 2, 1, 1]);
  expect(new Set(listed)).toEqual(
    new Set([
      { voxels: 2, example: [0, 0, 1], box: boxOf([0, 0, 1], [0, 1, 1]), a: [0], b: [] },
      { voxels: 2, example: [0, 1, 7], box: boxOf([0, 1, 7], [1, 1, 7]), a: [1, 2], b: [] },
      { voxels: 1, example: [0, 0, 4], box: boxOf([0, 0, 4]), a: [1], b: [1, 2] },
      { voxels: 1, example: [1, 0, 3], box: boxOf([1, 0, 3]), a: [], b: [0] },
    ]),
  );
});

test("one channel alone does not differ where only others do", () => {
  expect(placesOf(labels(A), labels(B), [1]).listed.map(({ voxels, a, b }) => [voxels, a, b])).toEqual([
    [2, [1], []],
  ]);
  expect(placesOf(labels(A), labels(A), [0, 1, 2])).toEqual({ listed: [], places: 0 });
});

test("a coarse scale is expanded to full size first", () => {
  // The voxels with x = 1; scale 1 reads one of them and covers the eight with x < 2.
  const block = Array.from({ length: 32 }, (_, i) => (i % 8 === 1 ? 1 : 0));
  expect(placesOf(labels(block), labels(block, 1), [0]).listed).toEqual([
    { voxels: 4, example: [0, 0, 0], box: boxOf([0, 0, 0], [1, 1, 0]), a: [], b: [0] },
  ]);
});

test("masks are compared channel by channel", () => {
  const side = (organ: number[], core: number[]): ComparedSide => ({
    source: { kind: "masks", stack: stackOf([1, 1, 4], { organ, core }) },
    table: null,
    targets: placedTargets([1, 1, 4], null, [[1, 1, 1]], "nearest-exact", "default"),
    scale: 0,
  });
  const { listed } = placesOf(side([1, 1, 0, 0], [0, 0, 0, 1]), side([1, 0, 0, 0], [0, 0, 1, 1]), [0, 1]);
  expect(listed).toEqual([
    { voxels: 1, example: [0, 0, 1], box: boxOf([0, 0, 1]), a: [0], b: [] },
    { voxels: 1, example: [0, 0, 2], box: boxOf([0, 0, 2]), a: [], b: [1] },
  ]);
});
