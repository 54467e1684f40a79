/** Tests the voxel of a label, mask or region that is nearest to the middle. */
import { expect, test } from "vitest";
import { spacingMm, type Triple } from "../geometry/grid.ts";
import { stackOf, volumeOf } from "../testing/small-case.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";
import { exampleMaskVoxel, exampleRegionVoxel, exampleVoxel, nearestVoxel } from "./nearest-voxel.ts";
import { centralVoxel } from "./region-slices.ts";
import { sliceOccupancy } from "./slice-occupancy.ts";

test("nearestVoxel finds a voxel of a label as near to the middle as a full search does", () => {
  const shape: Triple = [5, 6, 7];
  let seed = 7;
  const values = Array.from({ length: 5 * 6 * 7 }, () => {
    seed = (seed * 48271) % 2147483647;
    return seed % 23;
  });
  for (const toWorld of [
    [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0],
    [0, 0, 0.5, 0, 0, 2, 0, 0, 9, 0, 0, 0],
  ]) {
    const volume = { ...volumeOf(shape, values), grid: { shape, toWorld } };
    for (let entry = 0; entry < volume.palette.length; entry++) {
      const found = nearestVoxel(volume, entry);
      expect(found && distance(volume, found), `entry ${entry}`).toBeCloseTo(nearest(volume, entry), 9);
      expect(found && volume.indices[(found[0] * 6 + found[1]) * 7 + found[2]]).toBe(entry);
    }
  }
});

test("centralVoxel finds a voxel of a region as near to its centroid as a full search does", () => {
  const shape: Triple = [5, 6, 7];
  const toWorld = [0, 0, 0.5, 0, 0, 2, 0, 0, 9, 0, 0, 0];
  let seed = 3;
  const values = Array.from({ length: 5 * 6 * 7 }, () => {
    seed = (seed * 48271) % 2147483647;
    return seed % 23;
  });
  const volume = { ...volumeOf(shape, values), grid: { shape, toWorld } };
  const mask = values.map((value) => (value === 4 || value === 9 ? 1 : 0));
  const stack = { ...stackOf(shape, { other: mask.map((bit) => 1 - bit), mask }), grid: { shape, toWorld } };
  const sources = [
    { source: { kind: "labels", volume }, entries: [4, 9].map((label) => volume.palette.indexOf(label)) },
    { source: { kind: "masks", stack }, entries: [1] },
  ] as const;
  const voxels = mask.flatMap((bit, at): Triple[] =>
    bit ? [[Math.floor(at / 42), Math.floor(at / 7) % 6, at % 7]] : [],
  );
  const mean = [0, 1, 2].map((axis) => voxels.reduce((sum, v) => sum + (v[axis] ?? 0), 0) / voxels.length);
  const spacing = spacingMm(volume.grid);
  const mmOf = (voxel: Triple) =>
    Math.hypot(...voxel.map((at, axis) => (at - (mean[axis] ?? 0)) * (spacing[axis] ?? 1)));
  for (const { source, entries } of sources) {
    const pass = sliceOccupancy(source);
    let step = pass.next();
    while (!step.done) step = pass.next();
    const found = centralVoxel(source, step.value, entries);
    expect(found && mmOf(found)).toBeCloseTo(Math.min(...voxels.map(mmOf)), 9);
    expect(voxels).toContainEqual(found);
    expect(centralVoxel(source, step.value, [])).toBeNull();
  }
});

test("exampleVoxel finds a label by its value, and is null if the volume lacks it", () => {
  const volume = volumeOf([1, 1, 4], [0, 0, 0, 1605]);
  expect(exampleVoxel(volume, 1605)).toEqual([0, 0, 3]);
  expect(exampleVoxel(volume, 1605)).toBe(exampleVoxel(volume, 1605));
  expect(exampleVoxel(volume, 7)).toBeNull();
  expect(nearestVoxel({ ...volume, indices: new Uint8Array(4) }, 1)).toBeNull();
});

test("a mask and a label with the same voxels have the same example voxel", () => {
  const shape: Triple = [5, 6, 7];
  let seed = 11;
  const masks = Array.from({ length: 24 }, (_, mask) =>
    Array.from({ length: 5 * 6 * 7 }, () => {
      seed = (seed * 48271) % 2147483647;
      return seed % (5 * (mask + 1)) === 0 ? 1 : 0;
    }),
  );
  const stack = stackOf(shape, Object.fromEntries(masks.map((mask, i) => [`mask ${i}`, mask])));
  for (const [channel, mask] of masks.entries()) {
    expect(exampleMaskVoxel(stack, channel), `mask ${channel}`).toEqual(
      exampleVoxel(volumeOf(shape, mask), 1),
    );
  }
  expect(exampleMaskVoxel(stackOf(shape, { empty: [0, 0] }), 0)).toBeNull();
  expect(exampleMaskVoxel(stack, 0)).toBe(exampleMaskVoxel(stack, 0));
});

test("a region's example voxel is the nearest of all its labels, or of its mask", () => {
  const volume = volumeOf([1, 1, 9], [1, 0, 0, 0, 0, 2, 0, 0, 3]);
  const region = (labels: readonly number[]) => ({ name: "r", labels, classOrder: null, ignore: false });
  const source = { kind: "labels", volume } as const;
  expect(exampleRegionVoxel(source, region([1, 2, 3]), 0)).toEqual([0, 0, 5]);
  expect(exampleRegionVoxel(source, region([3, 7]), 0)).toEqual([0, 0, 8]);
  expect(exampleRegionVoxel(source, region([7]), 0)).toBeNull();
  const stack = stackOf([1, 1, 3], { a: [1, 0, 0], b: [0, 0, 1] });
  expect(exampleRegionVoxel({ kind: "masks", stack }, region([]), 1)).toEqual([0, 0, 2]);
});

test("a label in a far corner of a large volume does not take long", () => {
  const shape: Triple = [160, 500, 500];
  const indices = new Uint8Array(160 * 500 * 500);
  indices[indices.length - 1] = 1;
  const volume: PaletteVolume = { ...volumeOf([1, 1, 2], [0, 1]), grid: { ...GRID, shape }, indices };
  const start = performance.now();
  expect(nearestVoxel(volume, 1)).toEqual([159, 499, 499]);
  expect(performance.now() - start).toBeLessThan(1000);
});

const GRID = { toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };

function distance({ grid }: PaletteVolume, voxel: Triple): number {
  const mm = spacingMm(grid);
  return Math.hypot(...voxel.map((at, axis) => (at - ((grid.shape[axis] ?? 1) - 1) / 2) * (mm[axis] ?? 1)));
}

function nearest(volume: PaletteVolume, entry: number): number {
  const [depth, height, width] = volume.grid.shape;
  let best = Number.POSITIVE_INFINITY;
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        if (volume.indices[(z * height + y) * width + x] === entry)
          best = Math.min(best, distance(volume, [z, y, x]));
  return best;
}
