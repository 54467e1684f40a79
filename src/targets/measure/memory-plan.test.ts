/** How a benchmark is cut into slabs and groups, and which paths it leaves out. */
import { describe, expect, it } from "vitest";
import type { Triple } from "../../domain/geometry/grid.ts";
import { defaultStrides, scalesOf } from "../../domain/targets/deep-supervision.ts";
import { computeNeeds } from "../compute/compute-needs.ts";
import { planBlocks } from "../core/block.ts";
import { type MemoryInput, planBenchmark } from "./memory-plan.ts";

const GIB = 2 ** 30;

function input(shape: Triple, over: Partial<MemoryInput> = {}): MemoryInput {
  return {
    kind: "labels",
    bytesPerIndex: 1,
    shape,
    channels: 73,
    scales: scalesOf(shape, defaultStrides()).filter((scale) => !scale.collapses),
    mode: "nearest-exact",
    format: "byte",
    batch: 2,
    maxBindingBytes: GIB,
    needsOf: () => computeNeeds,
    ...over,
  };
}

describe("a patch of usual size", () => {
  it("is one block, and every path runs with all of its channels at once", () => {
    const plan = planBenchmark(input([128, 128, 128]));
    expect(plan.slabs).toBe(1);
    expect(plan.groups.flat().map(({ item }) => item)).toEqual([0, 1]);
    const [perChannel, bitPacked, labelFirst] = plan.paths;
    expect(plan.paths.map(({ off }) => off)).toEqual([null, null, null]);
    const voxels = 128 ** 3;
    // One byte per channel; three words; nothing.
    expect(perChannel?.whole.arrays).toBeGreaterThanOrEqual(73 * voxels);
    expect(perChannel?.whole.arrays).toBeLessThan(73.1 * voxels);
    expect(bitPacked?.whole.arrays).toBeLessThan(12.1 * voxels);
    expect(labelFirst?.whole.arrays).toBe(0);
  });
});

describe("512 × 512 × 600 voxels with 73 regions", () => {
  const shape: Triple = [600, 512, 512];
  const voxels = 600 * 512 * 512;
  const plan = planBenchmark(input(shape));

  it("exceeds the memory for per-channel, whose reason says what it would need", () => {
    const [perChannel] = plan.paths;
    expect(perChannel?.whole.arrays).toBeGreaterThanOrEqual(73 * voxels);
    expect(perChannel?.peak).toBeNull();
    expect(perChannel?.off).toMatch(/73 masks would need 10\.7 GiB of arrays and 12\.\d GiB on the GPU/);
  });

  it("is cut by slices only, each once per patch, in groups within the budget", () => {
    for (const item of [0, 1]) {
      const blocks = plan.groups.flat().filter((work) => work.item === item);
      expect(blocks).toHaveLength(plan.slabs);
      expect(blocks.every(({ block }) => block.channels === 73)).toBe(true);
      expect(blocks.reduce((sum, { block }) => sum + block.shape[0], 0)).toBe(600);
    }
    const running = plan.paths.flatMap(({ peak }) => peak ?? []);
    expect(running).toHaveLength(2);
    expect(running.reduce((sum, { gpu }) => sum + gpu, 0)).toBeLessThanOrEqual(0.75 * GIB);
    expect(running.reduce((sum, { arrays }) => sum + arrays, 0)).toBeLessThanOrEqual(0.125 * GIB);
  });

  it("runs per-channel if few enough channels are requested", () => {
    const few = planBenchmark(input(shape, { channels: 4, batch: 1 }));
    expect(few.paths[0]?.off).toBeNull();
    expect(few.slabs).toBeGreaterThan(1);
  });

  it("needs an eighth of the bytes for targets of one bit", () => {
    const bits = planBenchmark(input(shape, { format: "bit" }));
    const [, , labelFirst] = bits.paths;
    expect(labelFirst?.whole.gpu).toBeLessThan(voxels * 1.15 * (1 + 73 / 8) * 1.01);
  });
});

it("omits label-first without labels", () => {
  const plan = planBenchmark(input([64, 64, 64], { kind: "masks", bytesPerIndex: 0 }));
  expect(plan.paths.map(({ off }) => off === null)).toEqual([true, true, false]);
});

describe("blocks", () => {
  it("never hold more channels than kernels loop over, nor buffers beyond the limit, down to a single row", () => {
    const scales = scalesOf([3, 40, 50], defaultStrides()).filter((scale) => !scale.collapses);
    const few = [64 * 32, 1 << 12, 1 << 16];
    const many = [1 << 20, 1 << 27, Number.POSITIVE_INFINITY];
    for (const channels of [1, 31, 73, 9842, 65_535])
      for (const bytes of channels > 100 ? many : [...few, ...many]) {
        const blocks = planBlocks([3, 40, 50], channels, scales, "nearest-exact", bytes);
        for (const block of blocks) {
          expect(block.channels).toBeLessThanOrEqual(4096);
          expect(block.firstChannel % 32).toBe(0);
          expect(Math.max(block.channels, 4 * block.words) * block.stride).toBeLessThanOrEqual(bytes);
        }
        const perVoxel = blocks.reduce((sum, block) => sum + block.voxels * block.channels, 0);
        expect(perVoxel).toBe(3 * 40 * 50 * channels);
        for (const s of scales.keys()) {
          const [first] = scales.slice(s);
          const want = (first?.shape ?? [0, 0, 0]).reduce((a, b) => a * b, channels);
          const had = blocks.reduce((sum, block) => sum + (block.scales[s]?.voxels ?? 0) * block.channels, 0);
          expect(had).toBe(want);
        }
      }
  });
});
