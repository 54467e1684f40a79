/** Compares the pooling kernels with the plain CPU version. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { regionTable } from "../../domain/dataset/region-table.ts";
import { type Triple, voxelCount } from "../../domain/geometry/grid.ts";
import { type Scale, scalesOf } from "../../domain/targets/deep-supervision.ts";
import { placePatch } from "../../domain/targets/patch.ts";
import {
  type Cells,
  cellsShape,
  type PoolingRule,
  patchCells,
  scaleCells,
} from "../../domain/targets/pooling.ts";
import { encodeWords, packMasks } from "../../domain/targets/reference.ts";
import { poolWords } from "../../domain/testing/pool-words.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { readU32 } from "../../gpu/readback.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { randomLabels, randomMasks, randomRegions, seeded } from "../testing/testing.ts";
import { encodePooled, type FullSizeWords } from "./pool-words.ts";

const RULES: readonly PoolingRule[] = ["any", "all", "majority"];

let gpu: Gpu;
beforeAll(async () => {
  gpu = await acquireForTest();
});
afterAll(() => gpu.dispose());

/**
 * Pools on the GPU into a buffer full of ones, so that every word of a scale must be written and nothing
 * else.
 * @param bandVoxels limit of full-size words that exist at once
 */
async function pooled(
  full: Uint32Array,
  shape: Triple,
  rule: PoolingRule,
  cells: readonly Cells[],
  bandVoxels = voxelCount(shape),
) {
  const n = voxelCount(shape);
  const words = full.length / n;
  let wordOffset = 3;
  const places = cells.map((at) => {
    const offset = wordOffset;
    const voxels = voxelCount(cellsShape(at));
    wordOffset += voxels * words + 2;
    return { offset, voxels, cells: at };
  });
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const result = gpu.upload("result", new Uint32Array(wordOffset).fill(0xffffffff), STORAGE | COPY_SRC);
  const scales = places.map(({ offset, voxels, cells: at }) => ({
    cells: at,
    slabs: [{ buffer: result.buffer, offset, first: 0, end: voxels }],
  }));
  const before = gpu.liveBytes;
  const most = (count: number) => Math.max(32, Math.ceil(bandVoxels / count / 32) * 32);
  const source: FullSizeWords = {
    shape,
    words,
    bandVoxels: ({ count }) => most(count),
    async encodeRange(temporary, { first, end }, { first: firstWord, count }, destination) {
      expect(first % 32).toBe(0);
      expect(end - first).toBeLessThanOrEqual(most(count));
      for (let w = 0; w < count; w++) {
        const plane = full.subarray((firstWord + w) * n + first, (firstWord + w) * n + end);
        const uploaded = temporary.adopt(gpu.upload("plane", plane, STORAGE | COPY_SRC | COPY_DST));
        const to = 4 * (destination.offset + w * destination.stride);
        gpu.submit("words", (encoder) =>
          encoder.copyBufferToBuffer(uploaded.buffer, 0, destination.buffer, to, plane.byteLength),
        );
      }
    },
  };
  await encodePooled(gpu, { rule, source, scales });
  expect(gpu.liveBytes).toBe(before);
  const found = await readU32(gpu, result, wordOffset);
  result.dispose();
  return found;
}

/** Pools with the plain version, gaps included. */
function plain(full: Uint32Array, shape: Triple, rule: PoolingRule, cells: readonly Cells[]): Uint32Array {
  const n = voxelCount(shape);
  const parts = cells.flatMap((at) => [
    ...Array.from({ length: full.length / n }, (_, w) =>
      poolWords(full.subarray(w * n, (w + 1) * n), shape, at, rule),
    ),
    Uint32Array.of(0xffffffff, 0xffffffff),
  ]);
  const out = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 3)).fill(0xffffffff);
  let at = 3;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const ANISOTROPIC: readonly Triple[] = [
  [1, 1, 1],
  [1, 2, 2],
  [1, 2, 3],
  [2, 2, 2],
  [2, 3, 1],
  [1, 1, 1],
];

function labelWords(shape: Triple, labels: number, channels: number, seed: number): Uint32Array {
  const { volume } = randomLabels(shape, labels, seed);
  return encodeWords(volume, regionTable(volume.palette, randomRegions(labels, channels, seed)));
}

interface Given {
  readonly name: string;
  readonly shape: Triple;
  readonly full: Uint32Array;
}

const GIVEN: readonly Given[] = [
  { name: "one word", shape: [9, 14, 11], full: labelWords([9, 14, 11], 12, 25, 3) },
  { name: "three words", shape: [13, 17, 23], full: labelWords([13, 17, 23], 61, 73, 4) },
  { name: "masks", shape: [8, 13, 31], full: packMasks(randomMasks([8, 13, 31], 37, 5).stack) },
];

describe.each(GIVEN)("$name", ({ shape, full }) => {
  it.each(RULES)("pools like the plain version, %s", async (rule) => {
    const halving: Triple[] = [
      [1, 1, 1],
      [2, 2, 2],
      [2, 2, 2],
      [2, 2, 2],
      [2, 2, 2],
      [2, 2, 2],
    ];
    for (const strides of [ANISOTROPIC, halving]) {
      const cells = scalesOf(shape, strides).map((scale) => scaleCells(shape, scale));
      expect(await pooled(full, shape, rule, cells)).toEqual(plain(full, shape, rule, cells));
    }
  });

  it.each(RULES)("pools bands of slices, or of one word, like the whole, %s", async (rule) => {
    const scales = scalesOf(shape, ANISOTROPIC);
    const cells = scales.map((scale) => scaleCells(shape, scale));
    const deepest = Math.max(...cells.flatMap(([z]) => [...z.starts].map((at, i) => (z.ends[i] ?? 0) - at)));
    const words = full.length / voxelCount(shape);
    const least = deepest * shape[1] * shape[2] + 32;
    for (const band of [least, least * words, 2 * least * words])
      expect(await pooled(full, shape, rule, cells, band)).toEqual(plain(full, shape, rule, cells));
    await expect(pooled(full, shape, rule, cells, Math.floor(least / 3))).rejects.toThrow(
      "more than this GPU",
    );
  });

  it.each(RULES)("pools a patch inside the case or reaching beyond it, %s", async (rule) => {
    for (const size of [
      [8, 12, 12],
      [16, 12, 36],
    ] satisfies Triple[]) {
      const patch = placePatch(shape, size, [1, 1, 3]);
      const cells = scalesOf(size, ANISOTROPIC).map((scale) =>
        patchCells(shape, patch, scale, "nearest-exact"),
      );
      expect(await pooled(full, shape, rule, cells)).toEqual(plain(full, shape, rule, cells));
    }
  });
});

const scaleOf = (factors: Triple, shape: Triple): Scale => ({
  factors,
  shape,
  lossWeight: 1,
  collapses: false,
});

describe("large cells", () => {
  const SIZES: readonly Triple[] = [
    [32, 32, 32],
    [1, 1, 65_535],
    [65_535, 1, 1],
    [5, 13, 1008],
    [40, 40, 40],
    [1, 32, 32],
    [1, 25, 41],
  ];

  it.each(RULES)("are pooled like the plain version, %s", async (rule) => {
    const random = seeded(8);
    for (const size of SIZES) {
      const n = voxelCount(size);
      // Channel b has n / 2 + (b - 16) voxels, except the first, which lacks one, and the last, which has
      // one.
      const full = new Uint32Array(n);
      for (let bit = 0; bit < 32; bit++) {
        const wanted = bit === 0 ? n - 1 : bit === 31 ? 1 : Math.floor(n / 2) + bit - 16;
        const start = Math.floor(random() * n);
        for (let k = 0; k < wanted; k++) {
          const at = (start + k) % n;
          full[at] = ((full[at] ?? 0) | (1 << bit)) >>> 0;
        }
      }
      const cells = scaleCells(size, scaleOf(size, [1, 1, 1]));
      expect(await pooled(full, size, rule, [cells]), size.join(" × ")).toEqual(
        plain(full, size, rule, [cells]),
      );
    }
  });

  it.each(RULES)("are pooled next to each other and to small ones, %s", async (rule) => {
    const shape: Triple = [9, 45, 70];
    const full = labelWords(shape, 12, 70, 9);
    const one = (...bounds: readonly (readonly [number, number])[]) => ({
      starts: Uint32Array.from(bounds, ([start]) => start),
      ends: Uint32Array.from(bounds, ([, end]) => end),
    });
    const cells: Cells = [one([0, 9], [3, 4]), one([0, 30], [30, 45], [44, 45]), one([0, 35], [35, 70])];
    expect(await pooled(full, shape, rule, [cells])).toEqual(plain(full, shape, rule, [cells]));
  });
});

describe("the majority", () => {
  it("needs more than half: exactly half is absent, at every size of cell up to 32 a side", async () => {
    // Channel b has b - 16 voxels more than half of the cell, spread at random: 16 is the tie.
    const random = seeded(6);
    for (const side of [2, 4, 8, 32]) {
      const n = side ** 3;
      const order = Array.from({ length: n }, (_, i) => ({ i, key: random() })).sort((a, b) => a.key - b.key);
      const full = new Uint32Array(n);
      for (let bit = 0; bit < 32; bit++) {
        for (const { i } of order.slice(0, Math.max(0, n / 2 + bit - 16)))
          full[i] = ((full[i] ?? 0) | (1 << bit)) >>> 0;
      }
      const shape: Triple = [side, side, side];
      const cells = scaleCells(shape, scaleOf(shape, [1, 1, 1]));
      const found = await pooled(full, shape, "majority", [cells]);
      // Bits 17 to 31.
      expect(found[3]).toBe(0xfffe0000);
      expect(found).toEqual(plain(full, shape, "majority", [cells]));
    }
  });

  it("counts every size of cell from 1 to 40 voxels", async () => {
    const random = seeded(2);
    const shape: Triple = [1, 8, 41];
    const full = Uint32Array.from({ length: 2 * 8 * 41 }, () => Math.floor(random() * 2 ** 32) >>> 0);
    const cells = Array.from({ length: 40 }, (_, i): Cells => {
      const one = (start: number, end: number) => ({
        starts: Uint32Array.of(start),
        ends: Uint32Array.of(end),
      });
      return [one(0, 1), { starts: Uint32Array.of(0, 3, 7), ends: Uint32Array.of(1, 4, 8) }, one(1, i + 2)];
    });
    expect(await pooled(full, shape, "majority", cells)).toEqual(plain(full, shape, "majority", cells));
  });

  it("refuses cells that its counters cannot hold", async () => {
    const shape: Triple = [64, 64, 32];
    const cells = scaleCells(shape, scaleOf(shape, [1, 1, 1]));
    await expect(pooled(new Uint32Array(voxelCount(shape)), shape, "majority", [cells])).rejects.toThrow(
      RangeError,
    );
  });
});
