/** Tests which voxels patches are centred on, against nnU-Net's own choice. */
import { describe, expect, it } from "vitest";
import { regionSetFromDefinition, regionSetFromMasks } from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import { definitionOf, stackOf, TO_WORLD } from "../testing/small-case.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { centreVoxels } from "./centre-voxels.ts";
import { NumpyRandom } from "./numpy-random.ts";

function last<T>(work: Generator<unknown, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}

describe("numpy's RandomState", () => {
  it("chooses the same numbers", () => {
    // numpy 2.4.6: RandomState(1234), choice(total, count, replace=False).
    const random = new NumpyRandom(1234);
    const choice = (total: number, count: number) => [...last(random.choice(total, count))];
    expect(choice(10, 10)).toEqual([7, 2, 9, 1, 0, 8, 4, 5, 6, 3]);
    expect(choice(7, 3)).toEqual([6, 4, 0]);
    expect(choice(1, 1)).toEqual([0]);
    expect(choice(0, 0)).toEqual([]);
    expect(choice(40_000, 10_000).slice(0, 5)).toEqual([25_775, 3918, 719, 12_340, 24_349]);
  });
});

describe("centre voxels", () => {
  it("are those that nnU-Net keeps", () => {
    const shape: Triple = [110, 100, 101];
    const labels = Int16Array.from({ length: 110 * 100 * 101 }, (_, i) => {
      const hash = (i * 7919) % 1009;
      if (hash < 3) return -1;
      if (hash < 9) return 0;
      if (hash < 940) return 1;
      return hash < 1008 ? 2 : 3;
    });
    const volume = volumeFromLabels({ shape, toWorld: TO_WORLD }, labels);
    const entries = { background: 0, a: [1, 2, 3], b: 2, c: [3, 2], d: [7, 8], e: 3, ignore: 9 };
    const set = regionSetFromDefinition(definitionOf(entries, null));
    const { foreground, annotated } = last(centreVoxels({ kind: "labels", volume }, set));
    const sums = (list: Uint32Array) => [
      list.length,
      list.reduce((least, voxel) => Math.min(least, voxel), Number.POSITIVE_INFINITY),
      list.toSorted().reduce((sum, voxel) => (Math.imul(sum, 31) + voxel) >>> 0, 0),
    ];
    // Made with `DefaultPreprocessor._sample_foreground_locations` of nnU-Net 2.8.1 on numpy 2.4.6.
    expect(foreground.map(sums)).toEqual([
      [11_011, 81, 3_668_872_916],
      [10_000, 429, 2_651_909_258],
      [10_000, 86, 2_687_171_617],
      [1101, 765, 1_035_867_587],
    ]);
    expect(annotated && sums(annotated)).toEqual([11_110, 25, 3_017_024_216]);
  });

  it("of masks are all of each, without a limit of 10,000 or 1 %", () => {
    const stack = stackOf([2, 2, 3], {
      a: [0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1],
      b: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      c: [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
    });
    const found = last(centreVoxels({ kind: "masks", stack }, regionSetFromMasks(stack.names)));
    expect(found).toEqual({
      foreground: [Uint32Array.of(1, 2, 6, 10, 11), Uint32Array.of(5)],
      annotated: null,
    });
  });
});
