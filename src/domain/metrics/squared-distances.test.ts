/** Tests distances between masks against all pairs of voxels, and against scipy. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { maskRunsOf } from "../analysis/rle-mask.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { nearestOf } from "../testing/brute-force-metrics.ts";
import { ODD_SHAPES } from "../testing/odd-shapes.ts";
import { stackFrom } from "../testing/random-masks.ts";
import { squaredDistances } from "./squared-distances.ts";

const SPACINGS: readonly Triple[] = [
  [1, 1, 1],
  [5, 0.7, 0.31],
  [0.2, 3, 0.9],
  [0.4, 0.3, 8],
];

const runsOf = (shape: Triple, voxels: readonly Triple[]) => {
  const bits = new Uint8Array(voxelCount(shape));
  for (const [z, y, x] of voxels) bits[(z * shape[1] + y) * shape[2] + x] = 1;
  return maskRunsOf({ kind: "masks", stack: stackFrom(shape, [bits]) }, null)(0);
};

/** Voxels in C order, each with the given chance, of those within a part of the shape. */
function scattered(shape: Triple, chance: number, random: () => number, part: readonly [number, number]) {
  const voxels: Triple[] = [];
  const within = (at: number, length: number) => at >= part[0] * length && at <= part[1] * length;
  for (let z = 0; z < shape[0]; z++)
    for (let y = 0; y < shape[1]; y++)
      for (let x = 0; x < shape[2]; x++) {
        const inPart = within(z, shape[0]) && within(y, shape[1]) && within(x, shape[2]);
        if (inPart && random() < chance) voxels.push([z, y, x]);
      }
  return voxels;
}

describe.each(SPACINGS)("squared distances at a spacing of %d, %d, %d mm", (...spacing) => {
  it.each([...ODD_SHAPES, [9, 31, 33] as const])("are the least of all pairs in %d × %d × %d", (...shape) => {
    const random = randomFrom(shape[0] + shape[2]);
    for (const chance of [0.002, 0.05, 0.7]) {
      for (const [partA, partB] of [
        [
          [0, 1],
          [0, 1],
        ],
        [
          [0, 0.3],
          [0.6, 1],
        ],
        [
          [0.5, 1],
          [0, 0.4],
        ],
      ] as const) {
        const from = scattered(shape, 0.05, random, partA);
        const to = scattered(shape, chance, random, partB);
        const found = squaredDistances(runsOf(shape, from), runsOf(shape, to), spacing);
        const expected = nearestOf(from, to, spacing);
        expect(found.length).toBe(expected.length);
        let most = 0;
        for (const [i, squared] of found.entries()) {
          const mm = expected[i] ?? Number.NaN;
          if (Number.isFinite(mm)) most = Math.max(most, Math.abs(Math.sqrt(squared) - mm));
          else expect(squared).toBe(Number.POSITIVE_INFINITY);
        }
        expect(most).toBeLessThan(1e-9);
      }
    }
  });
});

it("are none without voxels that look for others", () => {
  const shape: Triple = [2, 3, 4];
  expect(squaredDistances(runsOf(shape, []), runsOf(shape, [[0, 0, 0]]), [1, 1, 1]).length).toBe(0);
  expect([...squaredDistances(runsOf(shape, [[1, 2, 3]]), runsOf(shape, []), [1, 1, 1])]).toEqual([
    Number.POSITIVE_INFINITY,
  ]);
});
