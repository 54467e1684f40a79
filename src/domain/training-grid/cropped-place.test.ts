/** Tests that a place outside the nonzero box is found, and that it belongs to the largest part there. */
import { expect, it } from "vitest";
import { regionTable } from "../dataset/region-table.ts";
import type { VoxelBox } from "../geometry/camera.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { finish } from "../testing/finish.ts";
import { TO_WORLD } from "../testing/small-case.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { croppedPlace } from "./cropped-place.ts";

const SHAPE: Triple = [3, 5, 40];
const BOX: VoxelBox = { first: [1, 1, 3], shape: [1, 3, 34] };
const REGIONS = [[1, 2], [3]].map((labels, i) => ({ name: `${i}`, labels, classOrder: null, ignore: false }));

/** @param voxels with their labels, in background */
function placeOf(voxels: readonly (readonly [label: number, ...at: Triple])[], channel: number) {
  const labels = new Array<number>(voxelCount(SHAPE)).fill(0);
  for (const [label, z, y, x] of voxels) labels[(z * SHAPE[1] + y) * SHAPE[2] + x] = label;
  const volume = volumeFromLabels({ shape: SHAPE, toWorld: TO_WORLD }, labels);
  return finish(croppedPlace(volume, BOX, regionTable(volume.palette, REGIONS), channel));
}

/** Large, and inside the box. */
const INSIDE = Array.from({ length: 34 }, (_, i) => [1, 1, 2, 3 + i] as const);

it.each<Triple>([
  [0, 2, 20],
  [2, 2, 20],
  [1, 0, 20],
  [1, 4, 20],
  [1, 2, 2],
  [1, 2, 37],
  [1, 2, 0],
  [1, 2, 39],
])("is found at %i, %i, %i", (z, y, x) => {
  expect(placeOf([...INSIDE, [2, z, y, x]], 0)).toEqual([z, y, x]);
});

it.each<Triple>([
  [1, 1, 3],
  [1, 3, 36],
])("is none at %i, %i, %i", (z, y, x) => {
  expect(placeOf([...INSIDE, [2, z, y, x]], 0)).toBeNull();
});

it("is in the largest part, whatever its labels, and not in another region", () => {
  const voxels = [
    [1, 0, 0, 0],
    [1, 2, 4, 10],
    [2, 2, 4, 11],
    [1, 2, 4, 12],
    [3, 0, 4, 30],
    [3, 0, 4, 31],
    [3, 0, 4, 32],
    [3, 0, 4, 33],
  ] as const;
  expect(placeOf(voxels, 0)).toEqual([2, 4, 11]);
  expect(placeOf(voxels, 1)?.[0]).toBe(0);
});
