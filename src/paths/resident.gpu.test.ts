/** The resident case's bitmap and counts against the plain CPU versions, and its bytes back to the baseline. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countRegions, downsample, encodeWords, packMasks } from "../domain/cpu-reference.ts";
import { axisTables, type SamplingMode, scalesOf } from "../domain/deep-supervision.ts";
import { type Triple, voxelCount } from "../domain/grid.ts";
import type { Source } from "../domain/palette-volume.ts";
import { type RegionTable, regionTable } from "../domain/region-table.ts";
import { Gpu } from "../gpu/gpu.ts";
import { readBytes } from "../gpu/readback.ts";
import { ResidentCase } from "./resident.ts";
import { countBitmapRegions } from "./resident-counts.ts";
import { randomLabels, randomMasks, randomRegions } from "./testing.ts";

const STRIDES: readonly Triple[] = [
  [1, 1, 1],
  [1, 2, 2],
  [2, 2, 3],
  [2, 2, 2],
];

let gpu: Gpu;
beforeAll(async () => {
  gpu = await Gpu.acquire();
});
afterAll(() => gpu.dispose());

interface Given {
  readonly name: string;
  readonly shape: Triple;
  readonly source: Source;
  readonly table: RegionTable | null;
  readonly channels: number;
}

function labels(shape: Triple, count: number, channels: number): Omit<Given, "name"> {
  const source = randomLabels(shape, count, 9);
  return {
    shape,
    source,
    table: regionTable(source.volume.palette, randomRegions(count, channels, 2)),
    channels,
  };
}

const GIVEN: readonly Given[] = [
  { name: "one word", ...labels([9, 14, 11], 12, 25) },
  { name: "three words", ...labels([8, 12, 13], 61, 73) },
  { name: "16-bit palette", ...labels([7, 15, 16], 400, 33) },
  {
    name: "masks",
    shape: [9, 13, 10],
    source: randomMasks([9, 13, 10], 37, 4),
    table: null,
    channels: 37,
  },
];

/** The bytes behind a GPUBuffer that the resident case lends. */
async function lent(buffer: GPUBuffer, bytes: number): Promise<Uint32Array> {
  return new Uint32Array(
    await readBytes(gpu, { buffer, bytes, label: buffer.label, dispose: () => undefined }, bytes),
  );
}

describe.each(GIVEN)("$name", ({ shape, source, table, channels }) => {
  for (const mode of ["nearest-exact", "resize-segmentation"] satisfies SamplingMode[]) {
    it(`has the CPU's words and counts at every scale, ${mode}`, async () => {
      const scales = scalesOf(shape, STRIDES);
      const before = gpu.liveBytes;
      const resident = await ResidentCase.create(gpu, { source, table, channels, scales, mode });
      const counts = await resident.countRegions();
      await resident.ensureBitmap();
      if (!resident.bitmap) throw new Error("the bitmap was just asked for");
      const bitmap = await lent(resident.bitmap, resident.bitmapBytes);
      const n = voxelCount(shape);
      const full =
        source.kind === "masks" ? packMasks(source.stack) : encodeWords(source.volume, table as RegionTable);
      const words = Math.ceil(channels / 32);
      for (const [index, scale] of scales.entries()) {
        const voxels = voxelCount(scale.shape);
        const want = new Uint32Array(words * voxels);
        for (let w = 0; w < words; w++) {
          const plane = full.subarray(w * n, (w + 1) * n);
          want.set(downsample(plane, shape, axisTables(shape, scale, mode)), w * voxels);
        }
        const offset = resident.scales[index]?.wordOffset ?? 0;
        expect(bitmap.subarray(offset, offset + want.length)).toEqual(want);
        expect(counts[index]).toEqual(countRegions(want, voxels, channels));
      }
      expect(await countBitmapRegions(resident)).toEqual(counts);
      resident.dispose();
      expect(gpu.liveBytes).toBe(before);
    });
  }
});

it("takes other regions without touching the volume", async () => {
  const { shape, source } = GIVEN[1] as Given;
  if (source.kind !== "labels") throw new Error("labels expected");
  const scales = scalesOf(shape, STRIDES);
  const table = (seed: number) => regionTable(source.volume.palette, randomRegions(61, 40, seed));
  const resident = await ResidentCase.create(gpu, {
    source,
    table: table(1),
    channels: 40,
    scales,
    mode: "nearest-exact",
  });
  await resident.ensureBitmap();
  const uploadedBefore = gpu.uploadedBytes;
  resident.setRegions(table(2), 40);
  const counts = await resident.countRegions();
  await resident.ensureBitmap();
  expect(await countBitmapRegions(resident)).toEqual(counts);
  const fresh = await ResidentCase.create(gpu, {
    source,
    table: table(2),
    channels: 40,
    scales,
    mode: "nearest-exact",
  });
  expect(await fresh.countRegions()).toEqual(counts);
  // The region table and a few parameters, not the volume.
  expect(gpu.uploadedBytes - uploadedBefore).toBeLessThan(61 * 2 * 4 + 4096 + voxelCount(shape));
  resident.dispose();
  fresh.dispose();
});
