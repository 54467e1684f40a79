import { describe, expect, test } from "vitest";
import { axisTables, scalesOf } from "../domain/deep-supervision.ts";
import type { Triple } from "../domain/grid.ts";
import { regionTable } from "../domain/region-table.ts";
import { holds, imageValueAt, labelAt, probeScales, scaleVoxelOf, wordsAt } from "./probe.ts";
import { stackOf, TO_WORLD, volumeOf } from "./test-case.ts";

const SHAPE: Triple = [1, 1, 8];
const VOLUME = volumeOf(SHAPE, [0, 1, 2, 3, 0, 1, 2, 3]);
const SOURCE = { kind: "labels", volume: VOLUME } as const;
const region = (name: string, labels: readonly number[]) => ({
  name,
  labels,
  classOrder: null,
  ignore: false,
});
const TABLE = regionTable(VOLUME.palette, [
  region("any", [1, 2, 3]),
  region("two", [2]),
  region("odd", [1, 3]),
]);

describe("the voxel of a scale that covers a full-size voxel", () => {
  test.each([
    [0, 8, 4, 0],
    [1, 8, 4, 0],
    [7, 8, 4, 3],
    [10, 11, 6, 5],
    [6, 7, 4, 3],
    [120, 121, 60, 59],
  ])("%i of %i voxels in %i is %i", (voxel, full, scaled, expected) => {
    expect(scaleVoxelOf([0, 0, voxel], [1, 1, full], [1, 1, scaled])).toEqual([0, 0, expected]);
  });
});

describe("words of a voxel", () => {
  test("labels are looked up in the region table", () => {
    expect(wordsAt(SOURCE, TABLE, [0, 0, 0])).toEqual([0b000]);
    expect(wordsAt(SOURCE, TABLE, [0, 0, 1])).toEqual([0b101]);
    expect(wordsAt(SOURCE, TABLE, [0, 0, 2])).toEqual([0b011]);
  });

  test("outside of the volume nothing holds", () => {
    expect(wordsAt(SOURCE, TABLE, [0, 0, 8])).toEqual([0]);
    expect(labelAt(SOURCE, [0, 0, -1])).toBeNull();
  });

  test("masks keep overlaps and fill several words", () => {
    const masks = Object.fromEntries(
      Array.from({ length: 34 }, (_, c) => [`mask ${c}`, c === 0 || c === 31 || c === 33 ? [0, 1] : [0, 0]]),
    );
    const words = wordsAt({ kind: "masks", stack: stackOf([1, 1, 2], masks) }, null, [0, 0, 1]);
    expect(words).toEqual([0x80000001, 0b10]);
    expect([0, 1, 31, 32, 33].map((channel) => holds(words, channel))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});

test("each scale takes the source voxel that its axis tables name", () => {
  const scales = scalesOf(SHAPE, [
    [1, 1, 1],
    [1, 1, 2],
    [1, 1, 2],
  ]);
  const tables = scales.map((scale) => axisTables(SHAPE, scale, "nearest-exact"));
  const probe = probeScales(SOURCE, TABLE, scales, tables, [0, 0, 4]);
  // At stride 2 nearest-exact reads 1, 3, 5, 7: voxel 4 lies in the third, which reads 5, label 1.
  expect(probe[0]).toEqual({ scaleVoxel: [0, 0, 4], sourceVoxel: [0, 0, 4], words: [0] });
  expect(probe[1]).toEqual({ scaleVoxel: [0, 0, 2], sourceVoxel: [0, 0, 5], words: [0b101] });
});

test("a scale without voxels has no probe", () => {
  const scales = scalesOf(SHAPE, [
    [1, 1, 1],
    [4, 1, 1],
    [1, 1, 1],
  ]);
  const tables = scales.map((scale) => axisTables(SHAPE, scale, "nearest-exact"));
  expect(scales[1]?.collapses).toBe(true);
  expect(probeScales(SOURCE, TABLE, scales, tables, [0, 0, 4])[1]).toBeNull();
});

test("the image is read through both affines", () => {
  const shifted = [...TO_WORLD];
  shifted[3] = 2;
  const image = {
    grid: { shape: [1, 1, 4] as const, toWorld: shifted },
    data: Float32Array.of(10, 20, 30, 40),
    min: 10,
    max: 40,
  };
  expect(imageValueAt(image, VOLUME.grid, [0, 0, 2])).toBe(10);
  expect(imageValueAt(image, VOLUME.grid, [0, 0, 5])).toBe(40);
  expect(imageValueAt(image, VOLUME.grid, [0, 0, 1])).toBeNull();
});
