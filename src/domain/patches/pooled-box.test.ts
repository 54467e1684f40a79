/** Tests pooling at every origin of a patch, also where a sample lies outside its cell. */
import { describe, expect, it } from "vitest";
import { maskRunsOf } from "../analysis/rle-mask.ts";
import type { Triple } from "../geometry/grid.ts";
import { type Scale, sourceIndices } from "../targets/deep-supervision.ts";
import { type PoolingRule, patchCells, sourceCells } from "../targets/pooling.ts";
import { packMasks } from "../targets/reference.ts";
import { poolWords } from "../testing/pool-words.ts";
import { randomMaskCase } from "../testing/random-source.ts";
import { boxOfRuns } from "./bit-box.ts";
import { bitOf, emptyOriginMap, markSampled } from "./origin-map.ts";
import { cellGroups, pooledBox, startsOf } from "./pooled-box.ts";

const RULES: readonly PoolingRule[] = ["any", "all", "majority"];
const SHAPE: Triple = [4, 5, 7];
const SIZES: readonly (readonly [Triple, Triple])[] = [
  [
    [5, 4, 5],
    [4, 2, 4],
  ],
  [
    [3, 5, 9],
    [1, 4, 7],
  ],
  [
    [6, 2, 6],
    [2, 1, 3],
  ],
];

function finished<T>(work: Generator<void, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}

describe("a pooled box", () => {
  it("has samples outside their cells in these tests", () => {
    const { starts, ends } = sourceCells(5, 4);
    expect([starts[2], ends[2]]).toEqual([2, 3]);
    expect(sourceIndices(5, 4, "nearest-exact")[2]).toBe(3);
  });

  it.each(SIZES)("has what pooling each patch gives, %o to %o", (size, shape) => {
    const scale: Scale = { factors: [1, 1, 1], shape, lossWeight: 1, collapses: false };
    for (const density of [0.02, 0.3, 0.8])
      for (const rule of RULES) {
        const { source } = randomMaskCase(SHAPE, [density], 7);
        const box = boxOfRuns(maskRunsOf(source, null)(0));
        if (!box || source.kind !== "masks") throw new Error("no mask");
        const words = packMasks(source.stack);
        const map = emptyOriginMap({ first: [-4, -4, -6], last: [3, 4, 6] });
        for (const group of cellGroups(size, scale, "nearest-exact"))
          finished(markSampled(map, finished(pooledBox(box, SHAPE, group, rule)), startsOf(group)));
        for (let z = -4; z <= 3; z++)
          for (let y = -4; y <= 4; y++)
            for (let x = -6; x <= 6; x++) {
              const origin: Triple = [z, y, x];
              const cells = patchCells(SHAPE, { origin, size }, scale, "nearest-exact");
              const bit = bitOf(map, origin);
              const isMarked = (((map.bits[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
              expect(isMarked, `${rule} at ${origin.join()}`).toBe(
                poolWords(words, SHAPE, cells, rule).includes(1),
              );
            }
      }
  });
});
