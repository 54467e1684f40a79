/** Tests measured distances, their slices and the placement of their labels. */
import { describe, expect, test } from "vitest";
import type { Grid, Triple } from "./grid.ts";
import { liesInSlice } from "./lies-in-slice.ts";
import { distanceMm, rulerSlice, rulerText, textCentre } from "./ruler.ts";

/** Array axes 0, 1, 2 run towards S, A, R. */
const straight = (z: number, y: number, x: number): Grid => ({
  shape: [20, 30, 40],
  toWorld: [0, 0, x, -7, 0, y, 0, 11, z, 0, 0, 5],
});

/** `straight` with its patient rotated about S, then about R. */
function tilted(spacing: Triple, aboutS: number, aboutR: number): Grid {
  const { shape, toWorld } = straight(...spacing);
  const columns = [0, 1, 2].map((axis) => {
    const [r = 0, a = 0, s = 0] = [0, 1, 2].map((row) => toWorld[row * 4 + axis] ?? 0);
    const [r1, a1] = [
      Math.cos(aboutS) * r - Math.sin(aboutS) * a,
      Math.sin(aboutS) * r + Math.cos(aboutS) * a,
    ];
    return [r1, Math.cos(aboutR) * a1 - Math.sin(aboutR) * s, Math.sin(aboutR) * a1 + Math.cos(aboutR) * s];
  });
  return { shape, toWorld: [0, 1, 2].flatMap((row) => [...columns.map((c) => c[row] ?? 0), 3 * row]) };
}

describe("a distance", () => {
  test("between isotropic voxels is the number of voxels times their side", () => {
    expect(distanceMm(straight(2, 2, 2), [4, 0, 0], [4, 3, 4])).toBeCloseTo(10, 12);
    expect(distanceMm(straight(1, 1, 1), [4, 2.25, 7.5], [4, 2.25, 7.75])).toBeCloseTo(0.25, 12);
  });

  test("with thick slices counts every axis by its own spacing", () => {
    const grid = straight(5, 0.8, 0.7);
    expect(distanceMm(grid, [0, 3, 0], [2, 3, 0])).toBeCloseTo(10, 12);
    expect(distanceMm(grid, [2.5, 3, 1], [6, 3, 11.5])).toBeCloseTo(
      Math.sqrt((3.5 * 5) ** 2 + (10.5 * 0.7) ** 2),
      12,
    );
    expect(distanceMm(grid, [9, 1, 2], [9, 11, 32])).toBeCloseTo(Math.sqrt(8 ** 2 + 21 ** 2), 12);
  });

  test("does not change if the patient is rotated, and is the same both ways", () => {
    const spacing: Triple = [3, 1.5, 0.5];
    const grid = tilted(spacing, 0.4, -0.7);
    const plain = Math.sqrt((4 * 3) ** 2 + (2.5 * 1.5) ** 2 + (9 * 0.5) ** 2);
    expect(distanceMm(grid, [1, 2, 3], [5, 4.5, 12])).toBeCloseTo(plain, 10);
    expect(distanceMm(grid, [5, 4.5, 12], [1, 2, 3])).toBeCloseTo(plain, 10);
  });

  test("on a sheared grid is measured between positions, not by the spacing alone", () => {
    // A step along axis 1 goes 3 mm towards A and 4 mm towards R: its side is 5 mm, and it is not
    // perpendicular to axis 2.
    const grid: Grid = { shape: [9, 9, 9], toWorld: [0, 4, 2, 0, 0, 3, 0, 0, 1, 0, 0, 0] };
    expect(distanceMm(grid, [0, 0, 0], [0, 1, 0])).toBeCloseTo(5, 12);
    expect(distanceMm(grid, [0, 0, 0], [0, 1, 1])).toBeCloseTo(Math.hypot(6, 3), 12);
    expect(distanceMm(grid, [0, 0, 0], [0, 1, -2])).toBeCloseTo(3, 12);
  });

  test("is written in mm with one decimal", () => {
    expect(rulerText(straight(2, 2, 2), { from: [4, 0, 0], to: [4, 3, 4] })).toBe("10.0 mm");
    expect(rulerText(straight(1, 1, 1), { from: [4, 0, 0], to: [4, 1, 1] })).toBe("1.4 mm");
  });
});

describe("the slice of a ruler", () => {
  const grid = straight(1, 1, 1);
  test("is the index along the axis across its plane", () => {
    expect(rulerSlice(grid, { plane: "axial", from: [4, 1, 2], to: [4, 8, 9] })).toBe(4);
    expect(rulerSlice(grid, { plane: "coronal", from: [4, 1, 2], to: [7, 1, 9] })).toBe(1);
    expect(rulerSlice(grid, { plane: "sagittal", from: [4, 1, 2], to: [7, 3, 2] })).toBe(2);
  });

  test("must be in the grid and the same at both ends", () => {
    const from: Triple = [4, 1.2, 2.7];
    expect(liesInSlice(grid, { plane: "axial", from, to: [4, 8, 9] })).toBe(true);
    expect(liesInSlice(grid, { plane: "axial", from, to: [5, 8, 9] })).toBe(false);
    expect(liesInSlice(grid, { plane: "coronal", from, to: [4, 1.2, 9] })).toBe(false);
    expect(liesInSlice(grid, { plane: "axial", from: [20, 1, 2], to: [20, 8, 9] })).toBe(false);
    expect(liesInSlice(grid, { plane: "axial", from, to: [4, Number.NaN, 9] })).toBe(false);
  });
});

describe("a text", () => {
  const text = [40, 14] as const;
  const bounds = [300, 200] as const;

  test("lies above a horizontal line and to the right of a vertical one, whichever end came first", () => {
    expect(textCentre([100, 100], [200, 100], text, bounds)).toEqual([150, 86]);
    expect(textCentre([200, 100], [100, 100], text, bounds)).toEqual([150, 86]);
    expect(textCentre([100, 50], [100, 150], text, bounds)).toEqual([127, 100]);
    expect(textCentre([100, 150], [100, 50], text, bounds)).toEqual([127, 100]);
  });

  test("takes the other side if the first has no room", () => {
    expect(textCentre([100, 25], [200, 25], text, bounds)).toEqual([150, 39]);
    expect(textCentre([299, 50], [299, 150], text, bounds)).toEqual([272, 100]);
  });

  test("stays within the picture, and is null if it does not fit", () => {
    expect(textCentre([100, -30], [200, -30], text, bounds)).toEqual([150, 23]);
    expect(textCentre([5, 50], [5, 50], text, [60, 100])).toEqual([21, 36]);
    expect(textCentre([5, 5], [5, 5], text, [60, 14])).toEqual([21, 7]);
    expect(textCentre([5, 5], [5, 5], text, [30, 90])).toBeNull();
  });
});
