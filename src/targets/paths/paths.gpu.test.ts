/**
 * Compares every path with the plain CPU version, over odd shapes, both modes, 8- and 16-bit palettes and
 * several words.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import { voxelCount } from "../../domain/geometry/grid.ts";
import { axisTables, type SamplingMode, scalesOf } from "../../domain/targets/deep-supervision.ts";
import { downsample, maskOf } from "../../domain/targets/reference.ts";
import type { BackendName } from "../../domain/targets/target-paths.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { readBytes } from "../../gpu/readback.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { alignedVoxels, type Block, planBlocks } from "../core/block.ts";
import type { PathRun } from "../core/target-path.ts";
import { execute } from "../measure/run-verification.ts";
import { countMismatches, countTargets } from "../measure/verify.ts";
import { build, CASES, MODES, type TargetCase } from "../testing/target-cases.ts";
import { backendFor } from "./backends.ts";
import { bitPacked } from "./bit-packed.ts";
import { perChannel } from "./per-channel.ts";
import { TARGET_PATHS } from "./select-path.ts";

const BACKENDS: readonly BackendName[] = ["compute", "raster"];

let gpu: Gpu;
beforeAll(async () => {
  gpu = await acquireForTest();
});
afterAll(() => gpu.dispose());

/** Reads one scale as `[channel][voxel]`, without padding. */
async function targetBytes(run: PathRun, scale: number, channels: number): Promise<Uint8Array> {
  const target = run.targets[scale];
  if (!target?.buffer) return new Uint8Array(0);
  const padded = new Uint8Array(await readBytes(gpu, target.buffer));
  const out = new Uint8Array(channels * target.voxels);
  for (let c = 0; c < channels; c++) {
    out.set(padded.subarray(c * target.stride, c * target.stride + target.voxels), c * target.voxels);
  }
  return out;
}

function expected(
  source: Source,
  table: RegionTable | null,
  c: TargetCase,
  mode: SamplingMode,
): Uint8Array[] {
  const masks = Array.from({ length: c.channels }, (_, k) => maskOf(source, table, k));
  return scalesOf(c.shape, c.strides).map((scale) => {
    const n = voxelCount(scale.shape);
    const out = new Uint8Array(n * c.channels);
    const tables = axisTables(c.shape, scale, mode);
    for (const [k, mask] of masks.entries()) out.set(downsample(mask, c.shape, tables), k * n);
    return out;
  });
}

function firstDifference(got: Uint8Array, want: Uint8Array): string | null {
  if (got.length !== want.length) return `length ${got.length}, expected ${want.length}`;
  const at = got.findIndex((v, i) => v !== want[i]);
  return at < 0 ? null : `byte ${at} is ${got[at]}, expected ${want[at]}`;
}

describe.each(CASES)("$name", (c) => {
  for (const mode of MODES)
    for (const backend of BACKENDS) {
      it(`gives the CPU's targets on every path, ${backend}, ${mode}`, async () => {
        const { source, table } = build(c);
        const want = expected(source, table, c, mode);
        const scales = scalesOf(c.shape, c.strides);
        for (const path of TARGET_PATHS.filter((p) => p.serves(source))) {
          const [block] = planBlocks(c.shape, c.channels, scales, mode, gpu.maxBindingBytes);
          const run = await path.open(gpu, { source, table, block: block as Block, backend });
          execute(gpu, run);
          for (const [scale, bytes] of want.entries()) {
            const got = await targetBytes(run, scale, c.channels);
            expect(firstDifference(got, bytes), `${path.name}, scale ${scale}`).toBeNull();
          }
          const counts = await countTargets(gpu, block as Block, run);
          for (const [scale, bytes] of want.entries()) {
            const n = bytes.length / c.channels;
            const sums = Array.from({ length: c.channels }, (_, k) =>
              bytes.subarray(k * n, (k + 1) * n).reduce((a, b) => a + b, 0),
            );
            expect(counts[scale], `${path.name} counts, scale ${scale}`).toEqual(sums);
          }
          run.dispose();
        }
      });
    }
});

describe("blocks", () => {
  const c = CASES[3] as TargetCase;

  it("give the same counts as one block if cut by slices, by words of a slice or by rows of a word", async () => {
    const { source, table } = build(c);
    const scales = scalesOf(c.shape, c.strides);
    const whole = planBlocks(c.shape, c.channels, scales, "nearest-exact", gpu.maxBindingBytes);
    const slice = alignedVoxels(c.shape[1] * c.shape[2]);
    const slabs = planBlocks(c.shape, c.channels, scales, "nearest-exact", slice * c.channels * 3);
    const words = planBlocks(c.shape, c.channels, scales, "nearest-exact", slice * 32);
    const rows = planBlocks(c.shape, c.channels, scales, "nearest-exact", alignedVoxels(3 * c.shape[2]) * 32);
    expect(whole).toHaveLength(1);
    expect(slabs.map((b) => b.firstSlice)).toEqual([0, 3, 6, 9]);
    expect(slabs.every((b) => b.channels === c.channels)).toBe(true);
    expect(words.map((b) => b.channels)).toEqual(Array.from({ length: 12 }, () => [32, 32, 9]).flat());
    // Ten rows by 3, three groups of channels.
    expect(rows).toHaveLength(12 * 4 * 3);
    expect(rows.slice(0, 12).map((b) => [b.firstVoxel, b.shape[1]])).toEqual(
      [
        [0, 3],
        [33, 3],
        [66, 3],
        [99, 1],
      ].flatMap((at) => [at, at, at]),
    );
    for (const path of TARGET_PATHS) {
      const totals = await Promise.all(
        [whole, slabs, words, rows].map(async (blocks) => {
          const sums = scales.map(() => new Array<number>(c.channels).fill(0));
          for (const block of blocks) {
            const run = await path.open(gpu, { source, table, block });
            execute(gpu, run);
            for (const [s, row] of (await countTargets(gpu, block, run)).entries()) {
              for (const [k, n] of row.entries()) {
                const sum = sums[s] as number[];
                sum[block.firstChannel + k] = (sum[block.firstChannel + k] ?? 0) + n;
              }
            }
            run.dispose();
          }
          return sums;
        }),
      );
      expect(totals[1]).toEqual(totals[0]);
      expect(totals[2]).toEqual(totals[0]);
      expect(totals[3]).toEqual(totals[0]);
    }
  });
});

it("uses compute shaders for blocks larger than the device's attachments", () => {
  const block = (stride: number) =>
    ({ channels: 9, scales: [{ identity: true, stride }] }) as unknown as Block;
  const most = gpu.device.limits.maxTextureDimension2D * 512 * 16;
  // Not every device has eight attachments of 16 bytes.
  const isAble = gpu.device.limits.maxColorAttachmentBytesPerSample >= 128;
  expect(backendFor(gpu, block(most), "raster").name).toBe(isAble ? "raster" : "compute");
  expect(backendFor(gpu, block(most + 16), "raster").name).toBe("compute");
  expect(backendFor(gpu, block(16), "compute").name).toBe("compute");
});

describe("verification of targets", () => {
  it("counts exactly the differing voxels, and no padding", async () => {
    const c = CASES[0] as TargetCase;
    const { source, table } = build(c);
    const scales = scalesOf(c.shape, c.strides);
    const [block] = planBlocks(c.shape, c.channels, scales, "nearest-exact", gpu.maxBindingBytes);
    const a = await perChannel.open(gpu, { source, table, block: block as Block });
    const b = await bitPacked.open(gpu, { source, table, block: block as Block });
    execute(gpu, a);
    execute(gpu, b);
    expect(await countMismatches(gpu, block as Block, a, b)).toBe(0);
    const target = b.targets[0];
    if (!target?.buffer) throw new Error("scale 0 expected");
    // Flips voxel 0 of channels 0 and 1, then writes into the padding of channel 0.
    const bytes = new Uint8Array(await readBytes(gpu, target.buffer));
    bytes[0] = 1 - (bytes[0] ?? 0);
    bytes[target.stride] = 1 - (bytes[target.stride] ?? 0);
    bytes[target.voxels] = 7;
    gpu.write(target.buffer, bytes);
    expect(await countMismatches(gpu, block as Block, a, b)).toBe(2);
    a.dispose();
    b.dispose();
  });

  it("returns live bytes to the baseline", () => {
    expect(gpu.liveBuffers).toEqual([]);
    expect(gpu.liveBytes).toBe(0);
  });
});
