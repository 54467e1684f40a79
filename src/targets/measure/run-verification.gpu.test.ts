/** Tests what a verification counts and reports, whole and in random parts, for labels and masks. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { regionVoxels } from "../../domain/analysis/region-voxels.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { axisTables, defaultStrides, scalesOf } from "../../domain/targets/deep-supervision.ts";
import { Gpu } from "../../gpu/gpu.ts";
import { randomLabels, randomMasks, randomRegions } from "../testing/testing.ts";
import { runVerification, type VerificationJob } from "./run-verification.ts";
import { MAX_RANDOM_VOXELS, targetVoxels } from "./verified-parts.ts";

const SHAPE: Triple = [104, 120, 128];
const scales = scalesOf(SHAPE, defaultStrides());
const tables = scales.map((scale) => axisTables(SHAPE, scale, "nearest-exact"));

let gpu: Gpu;
beforeAll(async () => {
  gpu = await Gpu.acquire();
});
afterAll(() => gpu.dispose());

const labels = randomLabels(SHAPE, 400, 9);
const ofLabels = {
  source: labels,
  table: regionTable(labels.volume.palette, randomRegions(400, 170, 2)),
  channels: 170,
  scales,
  mode: "nearest-exact",
  path: "label-first",
  amount: "sample",
} satisfies VerificationJob;

const run = (job: VerificationJob) =>
  runVerification(gpu, job, () => undefined, new AbortController().signal);

describe("170 channels of 1.6 million voxels", () => {
  const expected = regionVoxels(labels, ofLabels.table, tables);

  it("compares parts that it names, and counts everything", async () => {
    const { mismatches, extent, regionVoxels: counted } = await run(ofLabels);
    expect(mismatches).toBe(0);
    expect(counted).toEqual(expected);
    expect(extent.of).toBe(170);
    expect(extent.randomParts?.ofTargetVoxels).toBe(targetVoxels(ofLabels));
    expect(extent.randomParts?.targetVoxels).toBeLessThanOrEqual(MAX_RANDOM_VOXELS);
    const channels = new Set(
      extent.randomParts?.parts.flatMap(({ channels: [first, last] }) =>
        Array.from({ length: last - first + 1 }, (_, c) => first + c),
      ),
    );
    expect(extent.channels).toBe(channels.size);
  });

  it("compares everything if all is requested, and counts in the targets", async () => {
    const { mismatches, extent, regionVoxels: counted } = await run({ ...ofLabels, amount: "all" });
    expect({ mismatches, extent }).toEqual({
      mismatches: 0,
      extent: { channels: 170, of: 170, randomParts: null },
    });
    expect(counted).toEqual(expected);
  });
});

it("masks are verified in parts and counted, like labels", async () => {
  const { stack } = randomMasks(SHAPE, 1, 4);
  const [dense = new Uint32Array(0)] = stack.bitPlanes;
  // Keeps one word in 40 of each: masks are sparse, and dense ones take long to count on the CPU.
  const bitPlanes = Array.from({ length: 150 }, (_, c) =>
    dense.map((word, w) => (w % 40 === c % 40 ? word : 0)),
  );
  const source = {
    kind: "masks",
    stack: { ...stack, bitPlanes, names: bitPlanes.map((_, c) => `${c}`) },
  } as const;
  const job = { ...ofLabels, source, table: null, channels: 150, path: "bit-packed" } as const;
  const { mismatches, extent, regionVoxels: counted } = await run(job);
  expect([mismatches, extent.randomParts !== null]).toEqual([0, true]);
  expect(counted).toEqual(regionVoxels(source, null, tables));
  expect(await run({ ...job, amount: "all" })).toMatchObject({ mismatches: 0, regionVoxels: counted });
});
