/** Tests orientation, coordinates and screen axes of grids. */
import { describe, expect, it } from "vitest";
import {
  type Grid,
  orientationCode,
  planeAxes,
  sameGrid,
  spacingMm,
  transposeGrid,
  voxelFromWorld,
  worldFromVoxel,
} from "./grid.ts";

// Axes 0, 1, 2 are z, y, x; a column is the step along one of them, in R, A, S.
const RAS: Grid = { shape: [10, 20, 30], toWorld: [0, 0, 1, -15, 0, 2, 0, -20, 3, 0, 0, -5] };
const LPS: Grid = { shape: [10, 20, 30], toWorld: [0, 0, -1, 15, 0, -2, 0, 20, 3, 0, 0, -5] };
// i runs towards P, j towards I, k towards R.
const PIR: Grid = { shape: [10, 20, 30], toWorld: [3, 0, 0, -15, 0, 0, -1, 20, 0, -2, 0, 5] };
// RAS rotated by 30 degrees about S and by 10 about the new x.
const c = Math.cos(Math.PI / 6);
const s = Math.sin(Math.PI / 6);
const d = Math.cos(Math.PI / 18);
const e = Math.sin(Math.PI / 18);
const OBLIQUE: Grid = { shape: [8, 8, 8], toWorld: [s * e, -s * d, c, 4, -c * e, c * d, s, 5, d, e, 0, 6] };

describe("orientation", () => {
  it("names the directions in which i, j and k increase", () => {
    expect([RAS, LPS, PIR, OBLIQUE].map(orientationCode)).toEqual(["RAS", "LPS", "PIR", "RAS"]);
  });

  it("reads a degenerate grid without failing", () => {
    expect(orientationCode({ shape: [1, 1, 1], toWorld: Array(12).fill(0) })).toMatch(/^[RLAPSI]{3}$/);
  });

  it("gives spacing in array order", () => {
    expect(spacingMm(RAS)).toEqual([3, 2, 1]);
    expect(spacingMm(OBLIQUE).map((v) => Math.round(v * 1e9) / 1e9)).toEqual([1, 1, 1]);
  });
});

describe("coordinates", () => {
  it("are the same after conversion to patient space and back", () => {
    expect(worldFromVoxel(RAS, [1, 2, 3])).toEqual([-12, -16, -2]);
    expect(worldFromVoxel(PIR, [1, 2, 3])).toEqual([-12, 17, 1]);
    for (const grid of [RAS, LPS, PIR, OBLIQUE]) {
      const back = voxelFromWorld(grid, worldFromVoxel(grid, [1, 2.5, 7]));
      [1, 2.5, 7].forEach((v, a) => {
        expect(back[a]).toBeCloseTo(v, 9);
      });
    }
  });

  it("are NaN if the grid is singular", () => {
    expect(voxelFromWorld({ shape: [1, 1, 1], toWorld: Array(12).fill(0) }, [1, 1, 1])).toEqual([
      NaN,
      NaN,
      NaN,
    ]);
  });

  it("follow a transpose", () => {
    const turned = transposeGrid(RAS, [2, 0, 1]);
    expect(turned.shape).toEqual([30, 10, 20]);
    expect(worldFromVoxel(turned, [3, 1, 2])).toEqual(worldFromVoxel(RAS, [1, 2, 3]));
  });
});

describe("planeAxes", () => {
  const axes = (grid: Grid, plane: "axial" | "coronal" | "sagittal") => {
    const { horizontal, vertical, slice } = planeAxes(grid, plane);
    return [horizontal, vertical, slice].map((a) => `${a.direction === 1 ? "+" : "-"}${a.axis}`).join(" ");
  };

  it("shows RAS in radiological convention, with x to the left, y and z up", () => {
    expect(axes(RAS, "axial")).toBe("-2 -1 +0");
    expect(axes(RAS, "coronal")).toBe("-2 -0 +1");
    expect(axes(RAS, "sagittal")).toBe("-1 -0 +2");
  });

  it("shows LPS as stored in axial", () => {
    expect(axes(LPS, "axial")).toBe("+2 +1 +0");
    expect(axes(LPS, "coronal")).toBe("+2 -0 -1");
    expect(axes(LPS, "sagittal")).toBe("+1 -0 -2");
  });

  it("finds the axes of PIR: axis 0 is R, 1 is I, 2 is P", () => {
    expect(axes(PIR, "axial")).toBe("-0 +2 -1");
    expect(axes(PIR, "coronal")).toBe("-0 +1 -2");
    expect(axes(PIR, "sagittal")).toBe("+2 +1 +0");
  });

  it("takes the nearest axes of an oblique grid, and of a transposed one", () => {
    expect(axes(OBLIQUE, "axial")).toBe(axes(RAS, "axial"));
    // New axes 0, 1, 2 are x, z, y.
    expect(axes(transposeGrid(RAS, [2, 0, 1]), "axial")).toBe("-0 -2 +1");
  });

  it("uses each axis once, even at 45 degrees", () => {
    const h = Math.SQRT1_2;
    const diagonal: Grid = { shape: [8, 8, 8], toWorld: [0, -h, h, 0, 0, h, h, 0, 1, 0, 0, 0] };
    const { horizontal, vertical, slice } = planeAxes(diagonal, "axial");
    expect(new Set([horizontal.axis, vertical.axis, slice.axis]).size).toBe(3);
  });

  it("puts the letters on the patient's sides", () => {
    expect(planeAxes(LPS, "axial").letters).toEqual({ left: "R", right: "L", top: "A", bottom: "P" });
    expect(planeAxes(RAS, "coronal").letters).toEqual({ left: "R", right: "L", top: "S", bottom: "I" });
    expect(planeAxes(PIR, "sagittal").letters).toEqual({ left: "A", right: "P", top: "S", bottom: "I" });
  });
});

describe("sameGrid", () => {
  const moved = (mm: number): Grid => ({
    ...RAS,
    toWorld: RAS.toWorld.map((v, i) => (i === 3 ? v + mm : v)),
  });

  it("allows a hundredth of a voxel", () => {
    expect(sameGrid(RAS, moved(0.009))).toBe(true);
    expect(sameGrid(RAS, moved(0.02))).toBe(false);
  });

  it("sees shape, spacing and NaN", () => {
    expect(sameGrid(RAS, { ...RAS, shape: [10, 20, 31] })).toBe(false);
    expect(sameGrid(RAS, { ...RAS, toWorld: RAS.toWorld.map((v, i) => (i === 2 ? 1.01 : v)) })).toBe(false);
    expect(sameGrid(RAS, moved(Number.NaN))).toBe(false);
  });
});
