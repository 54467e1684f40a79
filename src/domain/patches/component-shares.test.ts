/** Tests the shares of components against every draw of the loader. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { regionSetFromDefinition } from "../dataset/region-set.ts";
import { regionTable } from "../dataset/region-table.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { finish } from "../testing/finish.ts";
import { bySize, floodFill } from "../testing/flood-fill.ts";
import { loaderDraws } from "../testing/loader-draws.ts";
import { definitionOf, volumeOf } from "../testing/small-case.ts";
import { componentShares } from "./component-shares.ts";

const ENTRIES = { background: 0, whole: [1, 2], core: 2, absent: 3 } as const;

describe("shares of components equal every draw of the loader", () => {
  it.each([
    [
      [5, 9, 8],
      [4, 6, 5],
    ],
    [
      [3, 4, 40],
      [6, 3, 12],
    ],
    [
      [4, 7, 6],
      [3, 4, 6],
    ],
  ] satisfies [Triple, Triple][])("in a case of %o by patches of %o", (shape, patchSize) => {
    const random = randomFrom(shape[2]);
    const labels = Array.from({ length: voxelCount(shape) }, () =>
      random() < 0.08 ? 1 + Math.floor(random() * 2) : 0,
    );
    const strides: readonly Triple[] = [
      [1, 1, 1],
      [1, 2, 2],
      [2, 2, 2],
      [2, 2, 2],
    ];
    const given = {
      labels,
      shape,
      entries: ENTRIES,
      patchSize,
      is2d: false,
      batchSize: 2,
      strides,
      mode: "nearest-exact",
    } as const;
    const set = regionSetFromDefinition(definitionOf(ENTRIES, null));
    const volume = volumeOf(shape, labels);
    const source = { kind: "labels", volume } as const;
    const found = finish(
      componentShares({ ...given, source, table: regionTable(volume.palette, set.regions), set }),
    );
    expect(found).toHaveLength(3);
    expect(found[2]).toEqual([]);
    for (const [channel, region] of set.regions.entries()) {
      const isIn = Uint8Array.from(labels, (label) => Number(region.labels.includes(label)));
      const parts = new Array<number>(labels.length).fill(0);
      for (const [c, members] of bySize(floodFill(isIn, shape)).entries())
        for (const voxel of members) parts[voxel] = c + 1;
      const wanted = loaderDraws(given, parts);
      expect(found[channel]?.map(({ inPatch }) => inPatch)).toEqual(wanted.inPatch.map(near));
      expect(found[channel]?.map(({ gone }) => gone)).toEqual(wanted.gone.map((scales) => scales.map(near)));
    }
    expect(found[0]?.length).toBeGreaterThan(3);
  });
});

/** Sums of thousands of probabilities differ in the last digits. */
const near = (value: number): unknown => expect.closeTo(value, 10);
