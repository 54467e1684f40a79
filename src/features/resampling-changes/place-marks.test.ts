/** Tests where the outline of a place is drawn, on its own grid and on the other one. */
import { expect, it } from "vitest";
import { components } from "../../domain/analysis/components.ts";
import type { Grid, Triple } from "../../domain/geometry/grid.ts";
import { stackOf } from "../../domain/testing/small-case.ts";
import type { LostPlace } from "../../domain/training-grid/changed-place.ts";
import { trainingVoxelGrid } from "../../domain/training-grid/stored-position.ts";
import { placeMark } from "./place-marks.ts";

/** Array axes are S, A, R; the axial plane has S across. */
const STORED: Grid = { shape: [8, 12, 20], toWorld: [0, 0, 1, -3, 0, 1, 0, 5, 1, 0, 0, 9] };
/** Half as many voxels along each axis, and the same place in the patient. */
const TRAINED = trainingVoxelGrid(STORED, { first: [0, 0, 0], shape: STORED.shape }, [4, 6, 10]);

/** One voxel at [1, 2, 3] of the training grid. */
function place(): LostPlace {
  const mask = new Array(4 * 6 * 10).fill(0);
  mask[(1 * 6 + 2) * 10 + 3] = 1;
  const found = components({ kind: "masks", stack: stackOf(TRAINED.shape, { mask }) }, null, 0);
  return { kind: "lost", grid: TRAINED, components: found, rank: 0, channel: 0 };
}

/** Ten pixels per voxel along the last axis, twenty along the middle one. */
const pictureOf = (grid: Grid, slice: number, pxPerVoxel: number) => ({
  grid,
  plane: "axial" as const,
  slice,
  pointOf: ([, y, x]: Triple) => [(x + 0.5) * pxPerVoxel, (y + 0.5) * pxPerVoxel] as const,
});

function boundsOf(path: string): number[] {
  const points = [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  const along = (side: 0 | 1) => points.map((point) => point[side] ?? Number.NaN);
  return [Math.min(...along(0)), Math.max(...along(0)), Math.min(...along(1)), Math.max(...along(1))];
}

it("follows the voxel on its own grid, in its slice only", () => {
  const mark = placeMark(place(), pictureOf(TRAINED, 1, 40));
  expect(boundsOf(mark?.path ?? "")).toEqual([120, 160, 80, 120]);
  expect(mark?.frame).toBeNull();
  expect(placeMark(place(), pictureOf(TRAINED, 0, 40))).toBeNull();
  expect(placeMark(place(), pictureOf(TRAINED, 2, 40))).toBeNull();
});

it("has the same place on the stored grid, in all slices that the voxel covers", () => {
  const slices = Array.from({ length: 8 }, (_, slice) => placeMark(place(), pictureOf(STORED, slice, 20)));
  expect(slices.map((mark) => mark !== null)).toEqual([false, false, true, true, false, false, false, false]);
  expect(boundsOf(slices[2]?.path ?? "")).toEqual([120, 160, 80, 120]);
});

it("shows a stored voxel in the training slice that covers it", () => {
  const mask = new Array(8 * 12 * 20).fill(0);
  mask[(5 * 12 + 4) * 20 + 6] = 1;
  const found = components({ kind: "masks", stack: stackOf(STORED.shape, { mask }) }, null, 0);
  const gone = {
    kind: "gone",
    grid: STORED,
    components: found,
    rank: 0,
    channel: 0,
    isWhole: true,
    isCropped: false,
  } as const;
  const slices = Array.from({ length: 4 }, (_, slice) => placeMark(gone, pictureOf(TRAINED, slice, 40)));
  expect(slices.map((mark) => mark !== null)).toEqual([false, false, true, false]);
  expect(boundsOf(slices[2]?.path ?? "")).toEqual([120, 140, 80, 100]);
});

it("frames what is too small to be seen", () => {
  const mark = placeMark(place(), pictureOf(TRAINED, 1, 4));
  expect(mark?.frame).toEqual({ x: 2, y: -2, size: 24 });
});
