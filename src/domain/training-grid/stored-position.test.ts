/** Tests that the training grid lies where the stored voxels lie. */
import { describe, expect, it } from "vitest";
import { type Grid, type Triple, worldFromVoxel } from "../geometry/grid.ts";
import { storedPosition, trainingVoxelGrid } from "./stored-position.ts";

/** Oblique and left-handed. */
const STORED: Grid = {
  shape: [20, 30, 40],
  toWorld: [0.3, 0.1, -0.8, 12, -0.2, 0.7, 0.1, -30, 2.4, 0.05, 0.3, 7],
};
const BOX = { first: [2, 5, 0] as Triple, shape: [15, 20, 40] as Triple };
const SHAPE: Triple = [30, 8, 40];

describe("a voxel of the training grid", () => {
  const grid = trainingVoxelGrid(STORED, BOX, SHAPE);

  it("has its place in the stored grid", () => {
    expect(storedPosition(BOX, SHAPE, [0, 0, 0])).toEqual([1.75, 5.75, 0]);
    expect(storedPosition(BOX, SHAPE, [29, 7, 39])).toEqual([16.25, 23.25, 39]);
  });

  it.each([
    [0, 0, 0],
    [29, 7, 39],
    [11, 3, 20],
  ] as const)("lies at the same millimetres: %i, %i, %i", (...voxel) => {
    const [there, here] = [
      worldFromVoxel(STORED, storedPosition(BOX, SHAPE, voxel)),
      worldFromVoxel(grid, voxel),
    ];
    for (const axis of [0, 1, 2] as const) expect(here[axis]).toBeCloseTo(there[axis], 9);
  });

  it("ends where the box ends", () => {
    const corner = (g: Grid, at: Triple) => worldFromVoxel(g, [at[0] - 0.5, at[1] - 0.5, at[2] - 0.5]);
    const end: Triple = [BOX.first[0] + 15, BOX.first[1] + 20, BOX.first[2] + 40];
    for (const axis of [0, 1, 2] as const) {
      expect(corner(grid, [0, 0, 0])[axis]).toBeCloseTo(corner(STORED, BOX.first)[axis], 9);
      expect(corner(grid, SHAPE)[axis]).toBeCloseTo(corner(STORED, end)[axis], 9);
    }
  });
});

it("is the stored grid where nothing is cut or resampled", () => {
  const whole = { first: [0, 0, 0] as Triple, shape: STORED.shape };
  expect(trainingVoxelGrid(STORED, whole, STORED.shape)).toEqual(STORED);
});
