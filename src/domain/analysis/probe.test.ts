/** Tests what a probe reads at one voxel, at full size and at every scale. */
import { describe, expect, test } from "vitest";
import { regionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import type { Patch } from "../targets/patch.ts";
import { placedTargets } from "../targets/placed-targets.ts";
import type { PoolingRule } from "../targets/pooling.ts";
import { stackOf, TO_WORLD, volumeOf } from "../testing/small-case.ts";
import { hasChannel, imageValueAt, labelAt, probeScales, wordsAt } from "./probe.ts";

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

describe("words of a voxel", () => {
  test("labels are looked up in the region table", () => {
    expect(wordsAt(SOURCE, TABLE, [0, 0, 0])).toEqual([0b000]);
    expect(wordsAt(SOURCE, TABLE, [0, 0, 1])).toEqual([0b101]);
    expect(wordsAt(SOURCE, TABLE, [0, 0, 2])).toEqual([0b011]);
  });

  test("a voxel outside the volume is in no channel and has no label", () => {
    expect(wordsAt(SOURCE, TABLE, [0, 0, 8])).toEqual([0]);
    expect(labelAt(SOURCE, [0, 0, -1])).toBeNull();
  });

  test("masks keep overlaps and fill several words", () => {
    const masks = Object.fromEntries(
      Array.from({ length: 34 }, (_, c) => [`mask ${c}`, c === 0 || c === 31 || c === 33 ? [0, 1] : [0, 0]]),
    );
    const words = wordsAt({ kind: "masks", stack: stackOf([1, 1, 2], masks) }, null, [0, 0, 1]);
    expect(words).toEqual([0x80000001, 0b10]);
    expect([0, 1, 31, 32, 33].map((channel) => hasChannel(words, channel))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});

const targetsOf = (strides: readonly Triple[], patch: Patch | null = null) =>
  placedTargets(SHAPE, patch, strides, "nearest-exact");

const HALVED: readonly Triple[] = [
  [1, 1, 1],
  [1, 1, 2],
  [1, 1, 2],
];

test("each scale takes the source voxel that its axis tables name", () => {
  const probe = probeScales(SOURCE, TABLE, targetsOf(HALVED), null, [0, 0, 4]);
  // At stride 2 nearest-exact reads 1, 3, 5, 7: voxel 4 lies in the third, which reads 5, label 1.
  expect(probe[0]).toEqual({ scaleVoxel: [0, 0, 4], sourceVoxel: [0, 0, 4], words: [0] });
  expect(probe[1]).toEqual({ scaleVoxel: [0, 0, 2], sourceVoxel: [0, 0, 5], words: [0b101] });
});

test("target voxels are counted from the patch's origin, and beyond the patch there are none", () => {
  // Starting at voxel 1, stride 2 reads 2, 4, 6.
  const patch = { origin: [0, 0, 1], size: [1, 1, 6] } as const;
  const probe = probeScales(SOURCE, TABLE, targetsOf(HALVED, patch), null, [0, 0, 4]);
  expect(probe[0]).toEqual({ scaleVoxel: [0, 0, 3], sourceVoxel: [0, 0, 4], words: [0] });
  expect(probe[1]?.sourceVoxel).toEqual([0, 0, 4]);
  expect(probeScales(SOURCE, TABLE, targetsOf(HALVED, patch), null, [0, 0, 0])).toEqual([null, null]);
  expect(probeScales(SOURCE, TABLE, targetsOf(HALVED, patch), null, [0, 0, 7])).toEqual([null, null]);
});

test("with pooling, every voxel of the cell counts", () => {
  const words = (rule: PoolingRule, x: number) =>
    probeScales(SOURCE, TABLE, targetsOf(HALVED), rule, [0, 0, x])[1]?.words;
  // For the volume's words see wordsAt above. The cell of voxels 0 and 1 contains 0b000 and 0b101.
  expect(words("any", 0)).toEqual([0b101]);
  expect(words("all", 0)).toEqual([0]);
  // One of two is no majority.
  expect(words("majority", 0)).toEqual([0]);
});

test("a scale without voxels has no probe", () => {
  const targets = targetsOf([
    [1, 1, 1],
    [4, 1, 1],
    [1, 1, 1],
  ]);
  expect(targets.scales[1]?.scale.collapses).toBe(true);
  expect(probeScales(SOURCE, TABLE, targets, null, [0, 0, 4])[1]).toBeNull();
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
