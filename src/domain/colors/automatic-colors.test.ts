/** Tests which regions touch, and that their colours differ. */
import { expect, test } from "vitest";
import { volumeOf } from "../testing/small-case.ts";
import { APART, automaticColors } from "./automatic-colors.ts";
import { cieLabFromRgb, colorDifference } from "./color-difference.ts";
import { seenBy } from "./color-vision.ts";
import { hexFromRgb } from "./region-colors.ts";
import { touchingRegions } from "./touching.ts";

const region = (name: string, ...labels: number[]) => ({ name, labels, classOrder: null, ignore: false });

test("regions touch if they share a label or a face between voxels, along every axis", () => {
  const volume = volumeOf([2, 2, 3], [1, 0, 2, 3, 0, 2, 4, 0, 0, 0, 0, 0]);
  const regions = [region("1", 1), region("2", 2), region("3", 3), region("4", 4), region("all", 1, 2, 9)];
  expect(touchingRegions(volume, regions)).toEqual([[2, 3, 4], [4], [0, 4], [0, 4], [0, 1, 2, 3]]);
});

test("the end of a row does not touch the start of the next", () => {
  const regions = [region("1", 1), region("2", 2)];
  expect(touchingRegions(volumeOf([1, 2, 2], [0, 1, 2, 0]), regions)).toEqual([[], []]);
});

test.each([
  [160, 3],
  [150, 4],
])(
  "what is in one of %i rows of each slice is found where only every other row is looked at",
  (height, row) => {
    const small = volumeOf([1, 1, 3], [0, 1, 2]);
    const indices = new Uint8Array(80 * height * 400);
    for (let z = 0; z < 80; z++) indices.set([1, 2], (z * height + row) * 400);
    const volume = { ...small, grid: { ...small.grid, shape: [80, height, 400] as const }, indices };
    expect(touchingRegions(volume, [region("1", 1), region("2", 2)])).toEqual([[1], [0]]);
  },
);

test("regions of which any two touch differ as far as nine colours can, and all others differ too", () => {
  const labels = Array.from({ length: 9 }, (_, i) => i + 1);
  const whole = automaticColors(
    volumeOf([1, 1, 9], labels),
    labels.map((label) => region(`${label}`, label, 10)),
  );
  const colors = [...whole.values()];
  colors.forEach((a, i) => {
    for (const b of colors.slice(i + 1)) {
      expect(colorDifference(cieLabFromRgb(a), cieLabFromRgb(b))).toBeGreaterThanOrEqual(APART);
      const [seenA, seenB] = [seenBy("deuteranopia", a), seenBy("deuteranopia", b)];
      expect(colorDifference(cieLabFromRgb(seenA), cieLabFromRgb(seenB))).toBeGreaterThanOrEqual(APART);
    }
  });
});

test("more regions of which any two touch still have different colours", () => {
  const labels = Array.from({ length: 30 }, (_, i) => i + 1);
  const colors = automaticColors(
    volumeOf([1, 1, 30], labels),
    labels.map((label) => region(`${label}`, label, 99)),
  );
  expect(new Set([...colors.values()].map(hexFromRgb)).size).toBe(30);
});

test("the same regions have the same colours each time, and too many have none", () => {
  const volume = volumeOf([1, 1, 4], [1, 2, 3, 4]);
  const regions = [region("a", 1, 2), region("b", 2), region("c", 3)];
  expect(automaticColors(volume, regions)).toEqual(automaticColors(volume, regions));
  const many = Array.from({ length: 201 }, (_, i) => region(`${i}`, i));
  expect(automaticColors(volume, many).size).toBe(0);
});
