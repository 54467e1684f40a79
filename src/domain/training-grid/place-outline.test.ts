/** Tests outlines of places against the edges found voxel by voxel. */
import { expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { components } from "../analysis/components.ts";
import type { Triple } from "../geometry/grid.ts";
import { stackOf, TO_WORLD } from "../testing/small-case.ts";
import { type ChangedPlace, componentOf } from "./changed-place.ts";
import { placeOutline } from "./place-outline.ts";

const SHAPE: Triple = [4, 5, 6];

/** The largest component of random voxels. */
function placeOf(seed: number): { readonly place: ChangedPlace; isIn(voxel: Triple): boolean } {
  const random = randomFrom(seed);
  const mask = Array.from({ length: 120 }, () => Number(random() < 0.3));
  const found = components({ kind: "masks", stack: stackOf(SHAPE, { mask }) }, null, 0);
  const grid = { shape: SHAPE, toWorld: TO_WORLD };
  const { runs, componentOf: rankOf } = found;
  return {
    place: { kind: "lost", channel: 0, grid, components: found, rank: 0 },
    isIn: ([z, y, x]) => {
      const row = z * 5 + y;
      for (let run = runs.rowStart[row] ?? 0; run < (runs.rowStart[row + 1] ?? 0); run++)
        if (rankOf[run] === 0 && x >= (runs.starts[run] ?? 0) && x < (runs.ends[run] ?? 0)) return true;
      return false;
    },
  };
}

/** Every edge of one voxel's length between a voxel that is in and one that is not, as text. */
function plainEdges(isIn: (voxel: Triple) => boolean, axis: 0 | 1 | 2, slices: readonly [number, number]) {
  const [v = 0, u = 0] = [0, 1, 2].filter((other) => other !== axis);
  const at = (j: number, i: number) => {
    for (let slice = slices[0]; slice <= slices[1]; slice++) {
      const voxel: [number, number, number] = [slice, slice, slice];
      voxel[v] = j;
      voxel[u] = i;
      if (voxel.every((k, a) => k >= 0 && k < (SHAPE[a] ?? 0)) && isIn(voxel)) return true;
    }
    return false;
  };
  const edges: string[] = [];
  for (let j = 0; j <= 6; j++)
    for (let i = 0; i <= 6; i++) {
      if (at(j - 1, i) !== at(j, i)) edges.push(`${j - 0.5},${i - 0.5} ${j - 0.5},${i + 0.5}`);
      if (at(j, i - 1) !== at(j, i)) edges.push(`${j - 0.5},${i - 0.5} ${j + 0.5},${i - 0.5}`);
    }
  return edges.sort();
}

it.each([0, 1, 2] as const)("has every edge of the voxels in a slice along axis %i", (axis) => {
  const [v = 0, u = 0] = [0, 1, 2].filter((other) => other !== axis);
  let edges = 0;
  for (let seed = 1; seed < 20; seed++) {
    const { place, isIn } = placeOf(seed);
    for (let slice = 0; slice < SHAPE[axis]; slice++)
      for (const slices of [[slice, slice] as const, [slice, slice + 1] as const]) {
        const pieces = placeOutline(place, axis, slices).flatMap(({ from, to }) => {
          const length = Math.abs((to[v] ?? 0) - (from[v] ?? 0)) + Math.abs((to[u] ?? 0) - (from[u] ?? 0));
          const along = (to[v] ?? 0) > (from[v] ?? 0) ? [1, 0] : [0, 1];
          return Array.from({ length }, (_, k) => {
            const [j, i] = [(from[v] ?? 0) + k * (along[0] ?? 0), (from[u] ?? 0) + k * (along[1] ?? 0)];
            return `${j},${i} ${j + (along[0] ?? 0)},${i + (along[1] ?? 0)}`;
          });
        });
        expect(pieces.sort()).toEqual(plainEdges(isIn, axis, slices));
        edges += pieces.length;
      }
  }
  expect(edges).toBeGreaterThan(100);
});

it("joins edges on one line, and is empty beside the place", () => {
  const mask = Array.from({ length: 120 }, (_, i) => Number(i >= 6 && i < 10));
  const found = components({ kind: "masks", stack: stackOf(SHAPE, { mask }) }, null, 0);
  const grid = { shape: SHAPE, toWorld: TO_WORLD };
  const place: ChangedPlace = { kind: "lost", channel: 0, grid, components: found, rank: 0 };
  expect(componentOf(place).box).toEqual({ first: [0, 1, 0], last: [0, 1, 3] });
  expect(placeOutline(place, 0, [0, 0])).toHaveLength(4);
  expect(placeOutline(place, 0, [1, 2])).toEqual([]);
});
