/** Tests which faces of the orientation cube are visible, and how they are placed. */
import { describe, expect, it } from "vitest";
import { aboutAxis, multiply, SIDES, VIEW_FROM } from "../../domain/geometry/orientation.ts";
import { cubeFaces, sideOf } from "./cube-faces.ts";

describe("cubeFaces", () => {
  it.each(SIDES)("is one upright face from %s", (side) => {
    const faces = cubeFaces(VIEW_FROM[side]);
    expect(faces.map((face) => face.side)).toEqual([side]);
    const [face] = faces;
    expect(face?.facing).toBeCloseTo(1, 12);
    for (const [i, value] of [1, 0, 0, 1, 0, 0].entries()) expect(face?.matrix[i]).toBeCloseTo(value, 12);
  });

  it("shows the sides that face the viewer", () => {
    // Starting from the front view, the turn moves the front face right and down, so R and S come into view.
    const turned = multiply(aboutAxis([1, 0, 0], 0.5), multiply(aboutAxis([0, 1, 0], 0.6), VIEW_FROM.A));
    const faces = cubeFaces(turned);
    expect(new Set(faces.map(({ side }) => side))).toEqual(new Set(["A", "R", "S"]));
    const at = (side: string) => faces.find((face) => face.side === side)?.matrix ?? [];
    expect(at("R")[4]).toBeLessThan(0);
    expect(at("S")[5]).toBeLessThan(0);
    expect(at("A")[4]).toBeGreaterThan(0);
    // Faces are seen from outside and so never mirrored.
    for (const { matrix: m } of faces) expect(m[0] * m[3] - m[1] * m[2]).toBeGreaterThan(0);
  });
});

describe("sideOf", () => {
  it("names views straight from a side, and no others", () => {
    for (const side of SIDES) expect(sideOf(VIEW_FROM[side])).toBe(side);
    const [x, y, z, w] = VIEW_FROM.L;
    expect(sideOf([-x, -y, -z, -w])).toBe("L");
    expect(sideOf(multiply(aboutAxis([0, 1, 0], 0.1), VIEW_FROM.A))).toBeNull();
  });
});
