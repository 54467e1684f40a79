/** Tests the plain versions of the kernels against each other. */
import { describe, expect, it } from "vitest";
import { regionTable } from "../dataset/region-table.ts";
import { benchRegions, benchVolume } from "../phantom/bench-workload.ts";
import { decodeBits, decodeWords } from "../testing/decode-words.ts";
import type { MaskStack } from "../volume/palette-volume.ts";
import { axisTables, defaultStrides, scalesOf } from "./deep-supervision.ts";
import { countRegions, downsample, encodeWords, maskOf, packMasks } from "./reference.ts";

const volume = benchVolume(16, 3);
const voxels = 16 ** 3;
const channels = 70;
const table = regionTable(volume.palette, benchRegions(channels).regions);
const words = encodeWords(volume, table);
const masks = Array.from({ length: channels }, (_, c) => maskOf({ kind: "labels", volume }, table, c));

describe("the CPU reference", () => {
  it("gives a channel the same mask whether packed or not", () => {
    expect(words.length).toBe(3 * voxels);
    const decoded = decodeWords(words, voxels, channels);
    masks.forEach((mask, c) => {
      expect(decoded.subarray(c * voxels, (c + 1) * voxels)).toEqual(mask);
    });
  });

  it("decodes to the same bits as bytes, with zeros beyond the last voxel", () => {
    for (const n of [1, 31, 32, 33, 100, voxels]) {
      const some = Uint32Array.from(
        [0, 1, 2].flatMap((w) => [...words.subarray(w * voxels, w * voxels + n)]),
      );
      const columns = Math.ceil(n / 32);
      const bits = decodeBits(some, n, channels);
      const bytes = decodeWords(some, n, channels);
      expect(bits.length).toBe(channels * columns);
      const spread = Array.from(bits, (u32) => Array.from({ length: 32 }, (_, b) => (u32 >>> b) & 1)).flat();
      for (let c = 0; c < channels; c++) {
        const channel = spread.slice(c * columns * 32, (c + 1) * columns * 32);
        expect(channel.slice(0, n)).toEqual([...bytes.subarray(c * n, (c + 1) * n)]);
        expect(channel.slice(n)).toEqual(new Array(columns * 32 - n).fill(0));
      }
    }
  });

  it("packs masks into the same words as labels", () => {
    const bitPlanes = masks.map((mask) => {
      const bitPlane = new Uint32Array(voxels / 32);
      mask.forEach((v, i) => {
        bitPlane[i >>> 5] = (bitPlane[i >>> 5] ?? 0) | (v << (i & 31));
      });
      return bitPlane;
    });
    const stack: MaskStack = { grid: volume.grid, names: masks.map((_, c) => `${c}`), bitPlanes };
    expect(packMasks(stack)).toEqual(words);
    expect(maskOf({ kind: "masks", stack }, null, 33)).toEqual(masks[33]);
  });

  it("downsamples words, masks and palette indices to the same targets", () => {
    const shape = volume.grid.shape;
    const scale = scalesOf(shape, defaultStrides())[2];
    if (!scale) throw new Error("no scale");
    const tables = axisTables(shape, scale, "nearest-exact");
    const small = 4 ** 3;
    const wordPlanes = [0, 1, 2].flatMap((w) => [
      ...downsample(words.subarray(w * voxels, (w + 1) * voxels), shape, tables),
    ]);
    const decoded = decodeWords(Uint32Array.from(wordPlanes), small, channels);
    const labelFirst = encodeWords({ ...volume, indices: downsample(volume.indices, shape, tables) }, table);
    expect([...labelFirst]).toEqual(wordPlanes);
    masks.forEach((mask, c) => {
      expect(decoded.subarray(c * small, (c + 1) * small)).toEqual(downsample(mask, shape, tables));
    });
  });

  it("counts the voxels of every channel", () => {
    const sums = masks.map((mask) => mask.reduce((a, b) => a + b, 0));
    expect(countRegions(words, voxels, channels)).toEqual(sums);
    expect(countRegions(new Uint32Array(0), 8, 0)).toEqual([]);
  });

  it("refuses labels without their region table", () => {
    expect(() => maskOf({ kind: "labels", volume }, null, 0)).toThrow("region table");
  });
});
