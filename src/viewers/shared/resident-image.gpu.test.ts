/** The image on the GPU: precision, resampling and slabs. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Grid, type Triple, voxelCount } from "../../domain/geometry/grid.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import { Gpu } from "../../gpu/gpu.ts";
import { readBytes } from "../../gpu/readback.ts";
import { acquireForTest } from "../../gpu/testing/acquire-for-test.ts";
import { randomNumbers } from "../testing/grid-fixture.ts";
import { numberFromHalf, resampleImage } from "../testing/image-reference.ts";
import { createResidentImage, type ResidentImage, storageUnit } from "./resident-image.ts";

let gpu: Gpu;
beforeAll(async () => {
  gpu = await acquireForTest();
});
afterAll(() => gpu.dispose());

function imageOf(grid: Grid, value: (i: number) => number): ImageVolume {
  const data = Float32Array.from({ length: voxelCount(grid.shape) }, (_, i) => value(i));
  const finite = data.filter(Number.isFinite);
  return { grid, data, min: Math.min(...finite), max: Math.max(...finite) };
}

/** Reads the stored values back, in the image's unit. */
async function stored(image: ResidentImage, voxels: number, on = gpu): Promise<number[]> {
  const halves = new Uint16Array(voxels);
  for (const { buffer, first, end } of image.slabs) {
    const bytes = Math.ceil((end - first) / 2) * 4;
    const slab = { buffer, bytes, label: "image", dispose: () => undefined };
    halves.set(new Uint16Array(await readBytes(on, slab)).subarray(0, end - first), first);
  }
  return Array.from(halves, (half) => numberFromHalf(half) * image.unit);
}

const straight = (shape: Triple): Grid => ({ shape, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] });

describe("an image on the grid of the labels", () => {
  for (const shape of [
    [1, 1, 1],
    [3, 5, 7],
    [2, 9, 64],
    [33, 31, 29],
  ] satisfies Triple[]) {
    it(`is stored within half precision at ${shape.join(" x ")}`, async () => {
      const before = gpu.liveBytes;
      const random = randomNumbers(1);
      const image = imageOf(straight(shape), () => random() * 4000 - 1000);
      const resident = await createResidentImage(gpu, image, image.grid);
      expect(resident.resampled).toBe(false);
      const values = await stored(resident, image.data.length);
      // The GPU may round to either of two neighbouring halves.
      values.forEach((value, i) => {
        const wanted = image.data[i] ?? Number.NaN;
        expect(Math.abs(value - wanted)).toBeLessThanOrEqual(Math.abs(wanted) * 2 ** -10);
      });
      resident.dispose();
      expect(gpu.liveBytes).toBe(before);
    });
  }

  it("keeps values beyond the range of half floats, marks NaN, and clamps infinity to the largest value", async () => {
    const special = [1e6, -2e6, Number.NaN, Number.POSITIVE_INFINITY, 0, 65536, 1];
    const image = { ...imageOf(straight([1, 1, 7]), (i) => special[i] ?? 0), min: -2e6, max: 1e6 };
    const resident = await createResidentImage(gpu, image, image.grid);
    expect(resident.unit).toBe(32);
    const values = await stored(resident, 7);
    expect(values.map((v) => (Number.isNaN(v) ? v : Math.round(v / 1000)))).toEqual([
      1000,
      -2000,
      Number.NaN,
      2096,
      0,
      66,
      0,
    ]);
    resident.dispose();
  });

  it("stores very small values with full precision", () => {
    expect(storageUnit({ min: 0, max: 1e-4 })).toBeLessThan(1e-8);
    expect(storageUnit({ min: 0, max: 0 })).toBe(1);
    expect(storageUnit({ min: 0, max: Number.POSITIVE_INFINITY })).toBe(1);
    expect(storageUnit({ min: -65504, max: 3 })).toBe(1);
  });

  it("stops at an aborted signal and frees its buffers", async () => {
    const before = gpu.liveBytes;
    const image = imageOf(straight([3, 5, 7]), (i) => i);
    await expect(createResidentImage(gpu, image, image.grid, AbortSignal.abort())).rejects.toThrow();
    expect(gpu.liveBytes).toBe(before);
  });
});

describe("an image on another grid", () => {
  const labels: Grid = { shape: [9, 11, 13], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 2, 0, 0, 0] };
  const others: Record<string, Grid> = {
    coarser: { shape: [5, 4, 6], toWorld: [0, 0, 2.3, 0.4, 0, 2.9, 0, 0.2, 3.7, 0, 0, 1] },
    "partly outside": { shape: [9, 11, 13], toWorld: [0, 0, 1, 5.3, 0, 1, 0, -4.2, 2, 0, 0, 3.1] },
    "flipped and permuted": { shape: [15, 7, 12], toWorld: [-0.9, 0, 0, 12, 0, 1.9, 0, 0, 0, 0, -1.7, 18] },
    oblique: { shape: [11, 12, 10], toWorld: [0.2, 0.1, 1.3, -1, 0.1, 1.2, -0.2, 0.3, 1.8, -0.3, -0.1, 0.7] },
    "a single slice": { shape: [1, 20, 20], toWorld: [0, 0, 0.8, 0, 0, 0.7, 0, 0, 3, 0, 0, 7.7] },
  };

  for (const [name, grid] of Object.entries(others)) {
    it(`is interpolated as on the CPU: ${name}`, async () => {
      const before = gpu.liveBytes;
      const random = randomNumbers(5);
      // Integers are exact in half precision, so this compares only the interpolation.
      const image = imageOf(grid, (i) => (i % 31 === 0 ? Number.NaN : Math.floor(random() * 1000)));
      const resident = await createResidentImage(gpu, image, labels);
      expect(resident.resampled).toBe(true);
      const expected = resampleImage(image, labels);
      const values = await stored(resident, expected.length);
      const wrong = values.filter((value, i) => {
        const wanted = expected[i] ?? 0;
        if (Number.isNaN(wanted) || Number.isNaN(value)) return Number.isNaN(wanted) !== Number.isNaN(value);
        return Math.abs(value - wanted) > 1;
      });
      expect(wrong).toEqual([]);
      const inside = expected.filter((v) => !Number.isNaN(v)).length;
      expect(inside).toBeGreaterThan(50);
      resident.dispose();
      expect(gpu.liveBytes).toBe(before);
    });
  }
});

describe("an image in many slabs", () => {
  const labels: Grid = { shape: [9, 11, 13], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 2, 0, 0, 0] };
  const grid: Grid = {
    shape: [11, 12, 10],
    toWorld: [0.2, 0.1, 1.3, -1, 0.1, 1.2, -0.2, 0.3, 1.8, -0.3, -0.1, 0.7],
  };

  it("has the same values as in a single buffer, resampled or not", async () => {
    const random = randomNumbers(5);
    const image = imageOf(grid, (i) => (i % 31 === 0 ? Number.NaN : Math.floor(random() * 1000)));
    for (const bindingBytes of [300, 1024]) {
      const small = await Gpu.acquire({ bindingBytes });
      for (const to of [grid, labels]) {
        const count = voxelCount(to.shape);
        const [whole, parts] = [
          await createResidentImage(gpu, image, to),
          await createResidentImage(small, image, to),
        ];
        expect(parts.slabs.length).toBeGreaterThan(2);
        expect(await stored(parts, count, small)).toEqual(await stored(whole, count));
        for (const owned of [whole, parts]) owned.dispose();
        expect(small.liveBytes).toBe(0);
      }
      small.dispose();
    }
  });
});
