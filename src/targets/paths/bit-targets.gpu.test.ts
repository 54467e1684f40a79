/** Compares bit targets of every path with the plain CPU version, padding included. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import { voxelCount } from "../../domain/geometry/grid.ts";
import { axisTables, type SamplingMode, scalesOf } from "../../domain/targets/deep-supervision.ts";
import { countRegions, downsample, encodeWords, packMasks } from "../../domain/targets/reference.ts";
import type { BackendName } from "../../domain/targets/target-paths.ts";
import { decodeBits } from "../../domain/testing/decode-words.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { readBytes, readU32 } from "../../gpu/readback.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { type Block, planBlocks } from "../core/block.ts";
import type { PathRun } from "../core/target-path.ts";
import { runBenchmark } from "../measure/run-benchmark.ts";
import { execute } from "../measure/run-verification.ts";
import { countMismatches, countTargets } from "../measure/verify.ts";
import { build, CASES, MODES, type TargetCase } from "../testing/target-cases.ts";
import { bitPacked } from "./bit-packed.ts";
import { perChannel } from "./per-channel.ts";
import { TARGET_PATHS } from "./select-path.ts";

const BACKENDS: readonly BackendName[] = ["compute", "raster"];

let gpu: Gpu;
beforeAll(async () => {
  gpu = await acquireForTest();
});
afterAll(() => gpu.dispose());

function wholeBlock(c: TargetCase, mode: SamplingMode): Block {
  const [block] = planBlocks(c.shape, c.channels, scalesOf(c.shape, c.strides), mode, gpu.maxBindingBytes);
  if (!block) throw new Error("no block");
  return block;
}

/** Makes the words of every scale with the plain CPU version, `[word][voxel]`. */
function scaleWords(source: Source, table: RegionTable | null, c: TargetCase, mode: SamplingMode) {
  const words =
    source.kind === "masks"
      ? packMasks(source.stack)
      : encodeWords(
          source.volume,
          table ?? { channels: 0, words: 0, paletteSize: 0, bits: new Uint32Array(0) },
        );
  const voxels = voxelCount(c.shape);
  return scalesOf(c.shape, c.strides).map((scale) => {
    const n = voxelCount(scale.shape);
    const tables = axisTables(c.shape, scale, mode);
    const out = new Uint32Array((words.length / voxels) * n);
    for (let w = 0; w * voxels < words.length; w++) {
      out.set(downsample(words.subarray(w * voxels, (w + 1) * voxels), c.shape, tables), w * n);
    }
    return { words: out, voxels: n };
  });
}

/**
 * Finds where the bits of one scale first differ from `[channel][ceil(voxels / 32)]`, or where padding is not
 * 0.
 */
async function firstDifference(run: PathRun, scale: number, want: Uint32Array): Promise<string | null> {
  const target = run.targets[scale];
  if (!target?.buffer) return want.length === 0 ? null : "there are no targets";
  const columns = Math.ceil(target.voxels / 32);
  const stride = target.stride / 4;
  const got = await readU32(gpu, target.buffer);
  for (let i = 0; i < got.length; i++) {
    const channel = Math.floor(i / stride);
    const column = i - channel * stride;
    const expected = column < columns ? (want[channel * columns + column] ?? 0) : 0;
    if (got[i] !== expected) return `channel ${channel}, u32 ${column}: ${got[i]}, expected ${expected}`;
  }
  return null;
}

describe.each(CASES)("$name", (c) => {
  for (const mode of MODES)
    for (const backend of BACKENDS) {
      it(`gives the CPU's bits on every path, ${backend}, ${mode}`, async () => {
        const { source, table } = build(c);
        const want = scaleWords(source, table, c, mode);
        const block = wholeBlock(c, mode);
        for (const path of TARGET_PATHS.filter((p) => p.serves(source))) {
          const run = await path.open(gpu, { source, table, block, format: "bit", backend });
          execute(gpu, run);
          for (const [scale, { words, voxels }] of want.entries()) {
            const bits = decodeBits(words, voxels, c.channels);
            expect(await firstDifference(run, scale, bits), `${path.name}, scale ${scale}`).toBeNull();
          }
          const counts = want.map(({ words, voxels }) => countRegions(words, voxels, c.channels));
          expect(await countTargets(gpu, block, run), `${path.name} counts`).toEqual(counts);
          run.dispose();
        }
      });
    }
});

describe("verification of bit targets", () => {
  const c = CASES[0] as TargetCase;

  it("counts exactly the differing voxels, and no padding", async () => {
    const { source, table } = build(c);
    const block = wholeBlock(c, "nearest-exact");
    const a = await perChannel.open(gpu, { source, table, block, format: "bit" });
    const b = await bitPacked.open(gpu, { source, table, block, format: "bit" });
    execute(gpu, a);
    execute(gpu, b);
    expect(await countMismatches(gpu, block, a, b)).toBe(0);
    const target = b.targets[0];
    if (!target?.buffer) throw new Error("scale 0 expected");
    // Flips voxels 0 and 9 of channel 0 and voxel 1 of channel 1, then writes into the padding of channel 0.
    const bytes = new Uint8Array(await readBytes(gpu, target.buffer));
    const flip = (at: number, bits: number) => {
      bytes[at] = (bytes[at] ?? 0) ^ bits;
    };
    flip(0, 1);
    flip(1, 2);
    flip(target.stride, 2);
    flip(target.voxels >> 3, 0x80);
    flip(target.stride - 1, 0xff);
    expect(target.voxels & 7).not.toBe(0);
    gpu.write(target.buffer, bytes);
    expect(await countMismatches(gpu, block, a, b)).toBe(3);
    const bytesRun = await perChannel.open(gpu, { source, table, block });
    await expect(countMismatches(gpu, block, a, bytesRun)).rejects.toThrow("formats");
    for (const run of [a, b, bytesRun]) run.dispose();
  });

  it("times and verifies all paths, with a decode stage for per-channel", async () => {
    const item = build(c);
    const benchmark = await runBenchmark(
      gpu,
      {
        items: [item, item],
        channels: c.channels,
        scales: scalesOf(c.shape, c.strides),
        mode: "nearest-exact",
        targetFormat: "bit",
        repeats: 1,
        size: null,
      },
      () => undefined,
      new AbortController().signal,
    );
    expect(benchmark.workload.targetFormat).toBe("bit");
    expect(benchmark.verified).toEqual({
      "bit-packed": { mismatches: 0 },
      "label-first": { mismatches: 0 },
    });
    expect(benchmark.limits.trafficMs["per-channel"]?.decode).toBeGreaterThan(0);
  });

  it("returns live bytes to the baseline", () => {
    expect(gpu.liveBuffers).toEqual([]);
    expect(gpu.liveBytes).toBe(0);
  });
});
