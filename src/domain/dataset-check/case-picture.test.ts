/** Tests the picture of a case: its size, its slice and its colours. */
import { expect, test } from "vitest";
import { sliceOccupancy } from "../analysis/slice-occupancy.ts";
import { regionSetFromLabels } from "../dataset/region-set.ts";
import { regionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import { finish } from "../testing/finish.ts";
import type { Source } from "../volume/palette-volume.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { casePicture } from "./case-picture.ts";

/** 1 mm, or the given spacing; axes 0, 1, 2 go to S, A, R. */
function pictureOf(shape: Triple, labels: ArrayLike<number>, [z, y, x]: Triple = [1, 1, 1]) {
  const grid = { shape, toWorld: [0, 0, x, 0, 0, y, 0, 0, z, 0, 0, 0] };
  const volume = volumeFromLabels(grid, Uint8Array.from(labels));
  const source: Source = { kind: "labels", volume };
  const regionSet = regionSetFromLabels(volume.palette);
  return casePicture({
    stored: { source, image: null, labelNames: [] },
    definition: null,
    regionSet,
    table: regionTable(volume.palette, regionSet.regions),
    occupancy: finish(sliceOccupancy(source)),
  });
}

const pixelAt = ({ width, pixels }: ReturnType<typeof pictureOf>, x: number, y: number) => [
  ...pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 4),
];

test("a picture is 200 pixels high, but no wider than 400, whatever the voxels measure", () => {
  const size = (shape: Triple, spacing: Triple) => {
    const { width, height } = pictureOf(shape, new Uint8Array(shape[0] * shape[1] * shape[2]), spacing);
    return [width, height];
  };
  expect(size([10, 4, 10], [1, 1, 1])).toEqual([200, 200]);
  expect(size([10, 4, 10], [1, 1, 1.5])).toEqual([300, 200]);
  expect(size([2, 4, 20], [1, 1, 1])).toEqual([400, 40]);
});

test("the slice with the most regions is drawn, with S at the top and R at the left", () => {
  const labels = new Uint8Array(4 * 5 * 4);
  // Coronal slices are along axis 1: slice 3 has two labels, slice 1 has one.
  const at = (z: number, y: number, x: number) => (z * 5 + y) * 4 + x;
  labels[at(0, 1, 0)] = 1;
  labels[at(3, 3, 3)] = 1;
  labels[at(0, 3, 0)] = 2;
  const picture = pictureOf([4, 5, 4], labels);
  const ground = pixelAt(picture, 100, 100);
  // x grows to the patient's right, which is at the left.
  const [top, bottom] = [pixelAt(picture, 1, 1), pixelAt(picture, 198, 198)];
  expect(top).not.toEqual(ground);
  expect(bottom).not.toEqual(ground);
  expect(top).not.toEqual(bottom);
  expect(pixelAt(picture, 198, 1)).toEqual(ground);
  expect(picture.pixels.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
});

test("a region has the same colour in a case with other labels beside it", () => {
  const only = pictureOf([1, 2, 2], [0, 1, 0, 0]);
  const both = pictureOf([1, 2, 2], [0, 1, 2, 0]);
  const colors = ({ pixels }: typeof only) =>
    new Set(Array.from({ length: pixels.length / 4 }, (_, i) => pixels.subarray(4 * i, 4 * i + 3).join()));
  expect(colors(both).size).toBe(3);
  for (const color of colors(only)) expect(colors(both)).toContain(color);
});
