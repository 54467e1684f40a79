/** The paths allocate what the memory plan says. */
import { afterAll, describe, expect, it } from "vitest";
import { regionTable } from "../../domain/dataset/region-table.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { scalesOf } from "../../domain/targets/deep-supervision.ts";
import { TARGET_FORMATS } from "../../domain/targets/target-paths.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { type Block, planBlocks } from "../core/block.ts";
import { needsFor } from "../paths/backend-needs.ts";
import { TARGET_PATHS } from "../paths/select-path.ts";
import { randomLabels, randomRegions } from "../testing/testing.ts";
import { blockMemory } from "./memory-plan.ts";

const gpu = await acquireForTest();
afterAll(() => gpu.dispose());

const SHAPE: Triple = [40, 90, 100];
const CHANNELS = 73;
const HALVING: Triple[] = [
  [1, 1, 1],
  [2, 2, 2],
  [2, 2, 2],
];
const source = randomLabels(SHAPE, 61, 5);
const table = regionTable(source.volume.palette, randomRegions(61, CHANNELS, 11));
const [block] = planBlocks(SHAPE, CHANNELS, scalesOf(SHAPE, HALVING), "nearest-exact", 2 ** 30);

describe.each(TARGET_PATHS.map((path) => [path.name, path] as const))("%s", (name, path) => {
  it.each(
    TARGET_FORMATS.flatMap((format) =>
      (["raster", "compute"] as const).map((backend) => ({ format, backend })),
    ),
  )("takes as much memory as planned: $format targets, $backend", async ({ format, backend }) => {
    const run = await path.open(gpu, { source, table, block: block as Block, format, backend });
    const planned = blockMemory(name, block as Block, {
      bytesPerIndex: 1,
      format,
      needsOf: (b) => needsFor(gpu, b, backend),
    });
    expect(run.arrayBytes).toBe(planned.arrays);
    // The plan leaves out uniforms, tables of a few numbers and the region table.
    expect(run.gpuBytes - planned.gpu).toBeGreaterThanOrEqual(0);
    expect(run.gpuBytes - planned.gpu).toBeLessThan(16_384);
    run.dispose();
  });
});
