/** Tests angles and edge letters of oblique grids. */
import { describe, expect, it } from "vitest";
import { type Grid, type Plane, planeAxes } from "./grid.ts";
import { obliqueDegrees, trueLetters } from "./oblique.ts";

/** LPS, array axes z, y, x. */
const along: Grid = { shape: [4, 5, 6], toWorld: [0, 0, -2, 0, 0, -2, 0, 0, 3, 0, 0, 0] };

/** Rotated about R by some degrees, so that S leans towards P. */
function tilted(degrees: number): Grid {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return { shape: [4, 5, 6], toWorld: [0, 0, -2, 0, -3 * s, -2 * c, 0, 0, 3 * c, -2 * s, 0, 0] };
}

describe("oblique grids", () => {
  it("have their angle, and tilts of 0.2° count as 0", () => {
    expect(obliqueDegrees(along)).toBe(0);
    expect(obliqueDegrees(tilted(0.2))).toBe(0);
    expect(obliqueDegrees(tilted(12))).toBeCloseTo(12, 9);
  });

  it.each(["axial", "coronal", "sagittal"] satisfies Plane[])(
    "have the usual letters if the axes are straight, %s",
    (plane) => {
      for (const convention of ["radiological", "neurological"] as const) {
        const axes = planeAxes(along, plane, convention);
        expect(trueLetters(along, axes)).toEqual(axes.letters);
      }
    },
  );

  it("name the sides that an edge leans to, with the strongest first", () => {
    const grid = tilted(20);
    expect(trueLetters(grid, planeAxes(grid, "coronal"))).toEqual({
      left: "R",
      right: "L",
      top: "SP",
      bottom: "IA",
    });
    expect(trueLetters(grid, planeAxes(grid, "axial"))).toEqual({
      left: "R",
      right: "L",
      top: "AS",
      bottom: "PI",
    });
    expect(trueLetters(tilted(4), planeAxes(tilted(4), "coronal")).top).toBe("S");
  });
});
