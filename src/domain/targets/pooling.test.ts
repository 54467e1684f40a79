/** Tests pooling rules and their cells. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { poolWords } from "../testing/pool-words.ts";
import { scalesOf } from "./deep-supervision.ts";
import { patchTables, placePatch, tablesShape } from "./patch.ts";
import {
  type Cells,
  cellsShape,
  largestCell,
  type PoolingRule,
  patchCells,
  scaleCells,
  sourceCells,
} from "./pooling.ts";

const RULES: readonly PoolingRule[] = ["any", "all", "majority"];

describe("source cells", () => {
  it("cover the axis, with every source voxel in exactly one", () => {
    for (let nIn = 1; nIn < 70; nIn++)
      for (let nOut = 1; nOut <= nIn; nOut++) {
        const { starts, ends } = sourceCells(nIn, nOut);
        expect(starts[0]).toBe(0);
        expect(ends).toEqual(Uint32Array.of(...starts.subarray(1), nIn));
        expect(starts.every((start, i) => start < (ends[i] ?? 0))).toBe(true);
      }
  });

  it("are as long as the strides if those divide the length", () => {
    expect(sourceCells(12, 3)).toEqual({ starts: Uint32Array.of(0, 4, 8), ends: Uint32Array.of(4, 8, 12) });
    expect(sourceCells(7, 2)).toEqual({ starts: Uint32Array.of(0, 3), ends: Uint32Array.of(3, 7) });
    expect(sourceCells(1, 2)).toEqual({ starts: Uint32Array.of(0, 0), ends: Uint32Array.of(1, 1) });
    expect(sourceCells(3, 0).starts.length).toBe(0);
  });

  it("of a patch contain the voxels that it samples, and end with the case", () => {
    const shape: Triple = [5, 20, 21];
    for (const origin of [
      [0, 0, 0],
      [0, 4, 5],
    ] satisfies Triple[]) {
      const patch = placePatch(shape, [8, 16, 24], origin);
      for (const scale of scalesOf(patch.size, [
        [1, 1, 1],
        [2, 2, 2],
        [2, 2, 3],
        [1, 2, 2],
      ])) {
        const cells = patchCells(shape, patch, scale, "nearest-exact");
        const tables = patchTables(shape, patch, scale, "nearest-exact");
        expect(cellsShape(cells)).toEqual(tablesShape(tables));
        for (const axis of [0, 1, 2] as const)
          tables[axis].forEach((sample, i) => {
            expect(cells[axis].starts[i]).toBeLessThanOrEqual(sample);
            expect(cells[axis].ends[i]).toBeGreaterThan(sample);
            expect(cells[axis].ends[i]).toBeLessThanOrEqual(shape[axis]);
          });
      }
    }
  });
});

describe("pooling", () => {
  const axis = (...cells: [number, number][]) => ({
    starts: Uint32Array.from(cells, ([start]) => start),
    ends: Uint32Array.from(cells, ([, end]) => end),
  });
  const pair: Cells = [axis([0, 1]), axis([0, 1]), axis([0, 2])];

  it("follows its rule, and a tie is no majority", () => {
    // Bit 0 in none of the two, bit 1 in one, bit 2 in both.
    const words = Uint32Array.of(0b110, 0b100);
    expect([...poolWords(words, [1, 1, 2], pair, "any")]).toEqual([0b110]);
    expect([...poolWords(words, [1, 1, 2], pair, "all")]).toEqual([0b100]);
    expect([...poolWords(words, [1, 1, 2], pair, "majority")]).toEqual([0b100]);
    const cube: Cells = [axis([0, 2]), axis([0, 2]), axis([0, 2])];
    // Bit b is in the first b of eight voxels: more than half from five up.
    const rising = Uint32Array.from({ length: 8 }, (_, i) => (0x1ff << (i + 1)) & 0x1ff);
    expect([...poolWords(rising, [2, 2, 2], cube, "majority")]).toEqual([0b111100000]);
    // With an odd number the middle one decides.
    const three: Cells = [axis([0, 1]), axis([0, 1]), axis([0, 3])];
    expect([...poolWords(Uint32Array.of(0b11, 0b10, 0), [1, 1, 3], three, "majority")]).toEqual([0b10]);
  });

  it("never lets two regions without a common voxel claim one target voxel by majority", () => {
    const random = randomFrom(3);
    const shape: Triple = [4, 6, 8];
    const words = Uint32Array.from({ length: voxelCount(shape) }, () => 1 << Math.floor(random() * 3));
    const cells = scaleCells(shape, {
      factors: [2, 2, 2],
      shape: [2, 3, 4],
      lossWeight: 1,
      collapses: false,
    });
    for (const word of poolWords(words, shape, cells, "majority")) expect(word & (word - 1)).toBe(0);
  });

  it.each(RULES)("equals pooling of one mask at a time, %s", (rule) => {
    const random = randomFrom(8);
    const shape: Triple = [7, 10, 13];
    const words = Uint32Array.from({ length: voxelCount(shape) }, () => Math.floor(random() * 2 ** 32) >>> 0);
    for (const scale of scalesOf(shape, [
      [1, 1, 1],
      [1, 2, 2],
      [2, 2, 3],
      [2, 1, 2],
      [9, 9, 9],
    ])) {
      const cells = scaleCells(shape, scale);
      const pooled = poolWords(words, shape, cells, rule);
      expect(pooled.length).toBe(voxelCount(scale.shape));
      for (const bit of [0, 13, 31]) {
        const mask = Array.from(words, (word) => (word >>> bit) & 1);
        expect(Array.from(pooled, (word) => (word >>> bit) & 1)).toEqual(
          poolMask(mask, shape, scale.shape, rule),
        );
      }
    }
  });

  it("largestCell gives the voxels of the largest cell, and 0 without cells", () => {
    expect(largestCell(pair)).toBe(2);
    expect(largestCell([axis(), axis(), axis()])).toBe(0);
    expect(largestCell([axis([0, 3], [3, 7]), axis([0, 1]), axis([0, 2])])).toBe(8);
  });
});

/** Pools one mask cell by cell, with its own computation of the cells. */
function poolMask(mask: readonly number[], shape: Triple, small: Triple, rule: PoolingRule): number[] {
  const inCell = (at: number, i: number, nIn: number, nOut: number) =>
    at >= Math.floor((i * nIn) / nOut) && at < Math.floor(((i + 1) * nIn) / nOut);
  const out: number[] = [];
  for (let i = 0; i < small[0]; i++)
    for (let j = 0; j < small[1]; j++)
      for (let k = 0; k < small[2]; k++) {
        const members: number[] = [];
        for (let z = 0; z < shape[0]; z++)
          for (let y = 0; y < shape[1]; y++)
            for (let x = 0; x < shape[2]; x++) {
              const inside =
                inCell(z, i, shape[0], small[0]) &&
                inCell(y, j, shape[1], small[1]) &&
                inCell(x, k, shape[2], small[2]);
              if (inside) members.push(mask[(z * shape[1] + y) * shape[2] + x] ?? 0);
            }
        const present = members.filter((m) => m === 1).length;
        if (rule === "any") out.push(present > 0 ? 1 : 0);
        else if (rule === "all") out.push(present === members.length ? 1 : 0);
        else out.push(present > members.length - present ? 1 : 0);
      }
  return out;
}
