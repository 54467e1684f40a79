/**
 * Compares the resident case's bitmap and counts with the plain CPU versions, and checks that all bytes are
 * given back.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RegionTable, regionTable } from "../../domain/dataset/region-table.ts";
import { type Triple, voxelCount } from "../../domain/geometry/grid.ts";
import { axisTables, type SamplingMode, scalesOf } from "../../domain/targets/deep-supervision.ts";
import type { Patch } from "../../domain/targets/patch.ts";
import { placedTargets } from "../../domain/targets/placed-targets.ts";
import { cellsShape, targetCells } from "../../domain/targets/pooling.ts";
import { countRegions, downsample, encodeWords, packMasks } from "../../domain/targets/reference.ts";
import { poolWords } from "../../domain/testing/pool-words.ts";
import { regionVoxelsAt } from "../../domain/testing/region-voxels-at.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { Gpu } from "../../gpu/gpu.ts";
import { readBytes } from "../../gpu/readback.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { randomLabels, randomMasks, randomRegions } from "../testing/testing.ts";
import { ResidentCase } from "./resident-case.ts";
import { countBitmapRegions } from "./resident-counts.ts";
import { ResidentTargets } from "./resident-targets.ts";

const STRIDES: readonly Triple[] = [
  [1, 1, 1],
  [1, 2, 2],
  [2, 2, 3],
  [2, 2, 2],
];

let gpu: Gpu;
beforeAll(async () => {
  gpu = await acquireForTest();
});
afterAll(() => gpu.dispose());

interface Given {
  readonly name: string;
  /**
   * Small enough to put volume and words into many slabs, and large enough for the tables of regions and
   * counts.
   */
  readonly bindingBytes: number;
  readonly shape: Triple;
  readonly source: Source;
  readonly table: RegionTable | null;
  readonly channels: number;
}

function labels(shape: Triple, count: number, channels: number): Omit<Given, "name" | "bindingBytes"> {
  const source = randomLabels(shape, count, 9);
  return {
    shape,
    source,
    table: regionTable(source.volume.palette, randomRegions(count, channels, 2)),
    channels,
  };
}

const GIVEN: readonly Given[] = [
  { name: "one word", bindingBytes: 512, ...labels([9, 14, 11], 12, 25) },
  { name: "three words", bindingBytes: 1200, ...labels([8, 12, 13], 61, 73) },
  { name: "16-bit palette", bindingBytes: 6400, ...labels([7, 30, 31], 400, 33) },
  {
    name: "masks",
    bindingBytes: 700,
    shape: [9, 13, 10],
    source: randomMasks([9, 13, 10], 37, 4),
    table: null,
    channels: 37,
  },
];

/** Reads the words of a scale, `[word][voxel]`, from all their slabs. */
async function wordsOf(targets: ResidentTargets, index: number): Promise<Uint32Array> {
  const { gpu: on, words } = targets.resident;
  const voxels = targets.scales[index]?.voxels ?? 0;
  const whole = new Uint32Array(words * voxels);
  for (const { buffer, offset, first, end } of targets.wordsOf(index)) {
    const length = end - first;
    const lent = { buffer, bytes: 0, label: buffer.label, dispose: () => undefined };
    const part = new Uint32Array(await readBytes(on, lent, length * words * 4, offset * 4));
    for (let w = 0; w < words; w++)
      whole.set(part.subarray(w * length, (w + 1) * length), w * voxels + first);
  }
  return whole;
}

/** Devices by the bytes that they bind at once. */
const small = new Map<number, Promise<Gpu>>();
afterAll(async () => {
  for (const made of small.values()) (await made).dispose();
});

async function withBindings(bytes: number, work: (small: Gpu) => Promise<void>): Promise<void> {
  const made = small.get(bytes) ?? Gpu.acquire({ bindingBytes: bytes });
  small.set(bytes, made);
  const on = await made;
  await work(on);
  expect(on.liveBytes).toBe(0);
  expect(on.largestBytes).toBeLessThanOrEqual(bytes);
}

async function expectWordsAndCounts(
  on: Gpu,
  { shape, source, table, channels }: Given,
  mode: SamplingMode,
): Promise<ResidentTargets["resident"]> {
  const scales = scalesOf(shape, STRIDES);
  const before = on.liveBytes;
  const resident = await ResidentCase.create(on, { source, table, channels });
  const targets = new ResidentTargets(resident, placedTargets(shape, null, STRIDES, mode));
  const counts = await targets.countRegions();
  await targets.ensureBitmap();
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
    expect(await wordsOf(targets, index)).toEqual(want);
    expect(counts[index]).toEqual(countRegions(want, voxels, channels));
  }
  expect(await countBitmapRegions(targets)).toEqual(counts);
  targets.dispose();
  resident.dispose();
  expect(on.liveBytes).toBe(before);
  return resident;
}

describe.each(GIVEN)("$name", (given) => {
  for (const mode of ["nearest-exact", "resize-segmentation"] satisfies SamplingMode[]) {
    it(`has the CPU's words and counts at every scale, ${mode}`, async () => {
      await expectWordsAndCounts(gpu, given, mode);
    });

    it(`has the same words and counts in slabs of ${given.bindingBytes} bytes, ${mode}`, async () => {
      await withBindings(given.bindingBytes, async (on) => {
        const { indices } = await expectWordsAndCounts(on, given, mode);
        if (given.source.kind === "labels") expect(indices?.length).toBeGreaterThan(1);
      });
    });
  }
});

it("refuses a region table larger than one binding, and then holds no memory", async () => {
  const given = GIVEN[1] as Given;
  await withBindings(900, async (on) => {
    await expect(ResidentCase.create(on, given)).rejects.toThrow(
      "region table needs 976 bytes and this GPU allows 900 in one binding",
    );
  });
});

it("changes regions without touching the volume", async () => {
  const { shape, source } = GIVEN[1] as Given;
  if (source.kind !== "labels") throw new Error("labels expected");
  const table = (seed: number) => regionTable(source.volume.palette, randomRegions(61, 40, seed));
  const placed = placedTargets(shape, null, STRIDES, "nearest-exact");
  const resident = await ResidentCase.create(gpu, { source, table: table(1), channels: 40 });
  const targets = new ResidentTargets(resident, placed);
  await targets.ensureBitmap();
  const uploadedBefore = gpu.uploadedBytes;
  resident.setRegions(table(2), 40);
  expect(targets.bitmap).toBeNull();
  const counts = await targets.countRegions();
  await targets.ensureBitmap();
  expect(await countBitmapRegions(targets)).toEqual(counts);
  // The region table and a few parameters, but not the volume.
  expect(gpu.uploadedBytes - uploadedBefore).toBeLessThan(61 * 2 * 4 + 4096);
  const fresh = await ResidentCase.create(gpu, { source, table: table(2), channels: 40 });
  const again = new ResidentTargets(fresh, placed);
  expect(await again.countRegions()).toEqual(counts);
  for (const owned of [targets, resident, again, fresh]) owned.dispose();
});

it("holds other regions over the same volume, without another copy of it", async () => {
  const shape: Triple = [5, 6, 40];
  const { source, table, channels } = labels(shape, 12, 20);
  if (source.kind !== "labels") throw new Error("no labels");
  const more = regionTable(source.volume.palette, randomRegions(12, 40, 2));
  const resident = await ResidentCase.create(gpu, { source, table, channels });
  const before = gpu.liveBytes;
  const other = ResidentCase.over(resident, more, 40);
  expect(gpu.liveBytes - before).toBeLessThan(voxelCount(shape));
  const targets = new ResidentTargets(other, placedTargets(shape, null, STRIDES, "nearest-exact"));
  await targets.ensureBitmap();
  expect(await wordsOf(targets, 0)).toEqual(encodeWords(source.volume, more));
  targets.dispose();
  other.dispose();
  expect(gpu.liveBytes).toBe(before);
  // The volume is still there.
  const own = new ResidentTargets(resident, placedTargets(shape, null, STRIDES, "nearest-exact"));
  await own.ensureBitmap();
  expect(await wordsOf(own, 0)).toEqual(encodeWords(source.volume, table as RegionTable));
  own.dispose();
  resident.dispose();
});

it("makes the words of a patch without those of the case", async () => {
  const { shape, source, table, channels } = GIVEN[1] as Given;
  const resident = await ResidentCase.create(gpu, { source, table, channels });
  const placed = placedTargets(shape, { origin: [0, 0, 0], size: [4, 4, 4] }, STRIDES, "nearest-exact");
  const targets = new ResidentTargets(resident, placed);
  gpu.resetPeak();
  const before = gpu.liveBytes;
  await targets.ensureBitmap();
  expect(gpu.peakBytes - before).toBeLessThan(voxelCount(shape) * 4);
  for (const owned of [targets, resident]) owned.dispose();
});

describe("targets of a patch", () => {
  const patches: readonly Patch[] = [
    { origin: [2, 3, 4], size: [4, 8, 8] },
    { origin: [-3, 1, -1], size: [16, 12, 15] },
  ];
  /** Runs on the device as it is, and again with slabs. */
  async function onBoth(given: Given, work: (on: Gpu) => Promise<void>): Promise<void> {
    await work(gpu);
    await withBindings(given.bindingBytes, work);
  }

  it.each(patches)("at $origin of $size have the counts of the plain version", async (patch) => {
    for (const given of GIVEN) {
      const { shape, source, table, channels } = given;
      const placed = placedTargets(shape, patch, STRIDES, "nearest-exact");
      const expected = placed.scales.map(({ tables }) => regionVoxelsAt(source, table, channels, tables));
      await onBoth(given, async (on) => {
        const resident = await ResidentCase.create(on, { source, table, channels });
        const targets = new ResidentTargets(resident, placed);
        expect(await targets.countRegions()).toEqual(expected);
        await targets.ensureBitmap();
        expect(await countBitmapRegions(targets)).toEqual(expected);
        for (const owned of [targets, resident]) owned.dispose();
      });
    }
  });

  it.each(["any", "all", "majority"] as const)(
    "with pooling by %s have the counts of the pooled words",
    async (rule) => {
      for (const given of GIVEN) {
        const { shape, source, table, channels } = given;
        for (const patch of [null, ...patches]) {
          const placed = placedTargets(shape, patch, STRIDES, "nearest-exact");
          const full =
            source.kind === "masks"
              ? packMasks(source.stack)
              : encodeWords(source.volume, table as RegionTable);
          const n = voxelCount(shape);
          const nominal = placed.scales.map(({ scale }) => scale);
          const expected = targetCells(shape, patch, nominal, "nearest-exact").map((cells) => {
            const pooled = Array.from({ length: full.length / n }, (_, w) =>
              poolWords(full.subarray(w * n, (w + 1) * n), shape, cells, rule),
            );
            const words = new Uint32Array(pooled.flatMap((plane) => [...plane]));
            return countRegions(words, voxelCount(cellsShape(cells)), channels);
          });
          // Planes that are pooled at once must fit; the words of all scales need not.
          const bindingBytes = Math.max(given.bindingBytes, 4 * (4 * shape[1] * shape[2] + 32));
          await onBoth({ ...given, bindingBytes }, async (on) => {
            const resident = await ResidentCase.create(on, { source, table, channels });
            const targets = new ResidentTargets(resident, placed, rule);
            expect(await targets.countRegions()).toEqual(expected);
            for (const owned of [targets, resident]) owned.dispose();
          });
        }
      }
    },
  );
});
