/** Tests that what is counted in the runs of a label volume is what is counted in its voxels. */
import { expect, test } from "vitest";
import type { Triple } from "../geometry/grid.ts";
import { axisTables, scalesOf } from "../targets/deep-supervision.ts";
import { finish } from "../testing/finish.ts";
import { randomLabelCase } from "../testing/random-source.ts";
import { componentSizes, components } from "./components.ts";
import { cpuCountSteps, entryCountsOfRuns } from "./cpu-counts.ts";
import { maskRunsOf, paletteRuns } from "./rle-mask.ts";
import { occupancyOfRuns, sliceOccupancy } from "./slice-occupancy.ts";

const SHAPES: readonly Triple[] = [
  [1, 1, 1],
  [1, 1, 77],
  [7, 5, 33],
  [16, 9, 12],
  [40, 3, 2],
];

test.each(SHAPES)("a volume of %i × %i × %i", (...shape) => {
  for (const [seed, density] of [0, 0.3, 1].entries()) {
    const { source, table, channels } = randomLabelCase(shape, density, seed);
    if (source.kind !== "labels" || !table) throw new Error("These are labels.");
    const runs = paletteRuns(source.volume);
    const strides: readonly Triple[] = [
      [1, 1, 1],
      [1, 2, 2],
      [2, 2, 1],
      [2, 2, 2],
    ];
    const scales = scalesOf(shape, strides).map((scale) => axisTables(shape, scale, "nearest-exact"));
    const job = { source, table, channels: 4, scales, path: "label-first", pooling: null } as const;
    expect(entryCountsOfRuns(source.volume, runs, scales).map((counts) => [...counts])).toEqual(
      finish(cpuCountSteps(job)).entryVoxels,
    );
    expect(occupancyOfRuns(source.volume, runs)).toEqual(finish(sliceOccupancy(source)));
    for (const channel of channels) {
      const { listed } = components(source, table, channel);
      const sizes = componentSizes(maskRunsOf(source, table, runs)(channel));
      expect([...sizes]).toEqual(listed.map(({ voxels }) => voxels));
    }
  }
});
