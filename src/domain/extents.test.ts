import { expect, test } from "vitest";
import { type Extent, extentOf, findExtents } from "./extents.ts";
import type { Triple } from "./grid.ts";
import type { Source } from "./palette-volume.ts";
import { regionTable } from "./region-table.ts";

const shape: Triple = [5, 6, 7];
const grid = { shape, toWorld: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] };
const region = (labels: readonly number[]) => ({ name: "r", labels, classOrder: null, ignore: false });

function finish<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Voxel by voxel. */
function dumb(holds: (i: number) => boolean): Extent | null {
  const [first, last]: [[number, number, number], [number, number, number]] = [
    [99, 99, 99],
    [-1, -1, -1],
  ];
  for (let i = 0; i < 5 * 6 * 7; i++) {
    if (!holds(i)) continue;
    for (const [axis, n] of [Math.floor(i / 42), Math.floor(i / 7) % 6, i % 7].entries()) {
      first[axis] = Math.min(first[axis] ?? 0, n);
      last[axis] = Math.max(last[axis] ?? 0, n);
    }
  }
  return last[0] < 0 ? null : { first, last };
}

test("boxes of regions are those of a loop over all voxels", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
  for (let round = 0; round < 20; round++) {
    const indices = Uint8Array.from({ length: 210 }, () =>
      random() < 0.96 ? 0 : 1 + Math.floor(random() * 3),
    );
    const palette = Float64Array.of(0, 5, 9, 12, 40);
    const source: Source = {
      kind: "labels",
      volume: { grid, indices, palette, counts: new Float64Array(5) },
    };
    const table = regionTable(palette, [region([5]), region([9, 12]), region([40])]);
    const extents = finish(findExtents(source));
    expect(extentOf(extents, table, [0])).toEqual(dumb((i) => indices[i] === 1));
    expect(extentOf(extents, table, [1])).toEqual(dumb((i) => indices[i] === 2 || indices[i] === 3));
    expect(extentOf(extents, table, [2])).toBeNull();
    expect(extentOf(extents, table, [0, 1, 2])).toEqual(dumb((i) => indices[i] !== 0));

    const planes = [1, 2, 3].map((entry) => {
      const plane = new Uint32Array(7);
      for (let i = 0; i < 210; i++)
        if (indices[i] === entry) plane[i >>> 5] = (plane[i >>> 5] ?? 0) | (1 << (i & 31));
      return plane;
    });
    const masks = finish(findExtents({ kind: "masks", stack: { grid, names: ["a", "b", "c"], planes } }));
    expect(extentOf(masks, null, [0])).toEqual(dumb((i) => indices[i] === 1));
    expect(extentOf(masks, null, [1, 2])).toEqual(dumb((i) => (indices[i] ?? 0) > 1));
  }
});
