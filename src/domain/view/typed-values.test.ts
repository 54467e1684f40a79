/**
 * Tests which typed voxels, positions, slices and windows are taken, and the sentences that refuse others.
 */
import { describe, expect, test } from "vitest";
import { type Grid, worldFromVoxel } from "../geometry/grid.ts";
import { typedLevel, typedPosition, typedSlice, typedVoxel, typedWindow } from "./typed-values.ts";

const AXES = ["z", "y", "x"];
/** Voxels of 2, 3 and 4 mm; x runs to the left. */
const GRID: Grid = { shape: [10, 20, 30], toWorld: [0, 0, -4, 50, 0, 3, 0, -20, 2, 0, 0, 7] };

describe("a voxel", () => {
  test.each(["9, 19, 29", "9 19 29", " 9,19,29 ", "[9, 19, 29]", "(9 19 29)", "9; 19; 29", "+9 19.0 29"])(
    "%j is taken",
    (text) => {
      expect(typedVoxel(text, GRID.shape, AXES)).toEqual({ value: [9, 19, 29] });
    },
  );

  test.each(["", "9, 19", "9, 19, 29, 1", "9, 19, x", "9, 19.5, 29", "0x9 1 1", "1e999 0 0", "NaN 0 0"])(
    "%j is no voxel",
    (text) => {
      expect(typedVoxel(text, GRID.shape, AXES)).toEqual({
        refusal: "A voxel is three whole numbers: z, y, x.",
      });
    },
  );

  test("outside the volume is refused with the range of each axis that is wrong", () => {
    const refusal = (text: string) => typedVoxel(text, GRID.shape, ["x", "z", "y"]);
    expect(refusal("10, 0, 0")).toEqual({ refusal: "Voxels here have x from 0 to 9, not 10." });
    expect(refusal("−1, 0, 30")).toEqual({
      refusal: "Voxels here have x from 0 to 9, not -1 and y from 0 to 29, not 30.",
    });
  });
});

describe("a position", () => {
  test("is the nearest voxel, also in the outer half of one at the edge", () => {
    const [r, a, s] = worldFromVoxel(GRID, [9, 0, 29]);
    expect(typedPosition(`${r} ${a} ${s} mm`, GRID)).toEqual({ value: [9, 0, 29] });
    expect(typedPosition(`${r - 2}, ${a - 1.5}, ${s + 1}`, GRID)).toEqual({ value: [9, 0, 29] });
    expect(typedPosition("−66, −20.0, 7", GRID)).toEqual({ value: [0, 0, 29] });
  });

  test("outside the volume is refused with its distance", () => {
    expect(typedPosition("52.1, 0, 10", GRID)).toEqual({
      refusal:
        "This position is 0.1 mm outside the volume: R -68.0 to 52.0, A -21.5 to 38.5, S 6.0 to 26.0 mm.",
    });
    // 30 mm to the right of the outer face at R 52, and 40 mm behind the one at A -21.5.
    expect(typedPosition("82, -61.5, 10", GRID)).toEqual({
      refusal:
        "This position is 50.0 mm outside the volume: R -68.0 to 52.0, A -21.5 to 38.5, S 6.0 to 26.0 mm.",
    });
  });

  test("that is no position, or on a grid without any, is refused", () => {
    expect(typedPosition("1, 2", GRID)).toEqual({ refusal: "A position is three numbers in mm: R, A, S." });
    const flat = { shape: GRID.shape, toWorld: new Array<number>(12).fill(0) };
    expect(typedPosition("1, 2, 3", flat)).toEqual({
      refusal: "The voxels of this case have no positions in mm.",
    });
  });
});

test("a slice is a whole number from 0 to the last", () => {
  expect(typedSlice(" 0 ", 9)).toEqual({ value: 0 });
  expect(typedSlice("9", 9)).toEqual({ value: 9 });
  for (const text of ["10", "-1", "2.5", "", "two", "1 2"])
    expect(typedSlice(text, 9), text).toEqual({
      refusal: "Slice numbers here are whole numbers from 0 to 9.",
    });
});

test("a window is greater than 0, and a level is any number", () => {
  expect([typedWindow("1500"), typedWindow("0.25"), typedWindow("1e3")]).toEqual([
    { value: 1500 },
    { value: 0.25 },
    { value: 1000 },
  ]);
  for (const text of ["0", "-400", "1e-9", "wide", "400 40", "Infinity"])
    expect(typedWindow(text), text).toEqual({ refusal: "The window is a number greater than 0." });
  expect([typedLevel("−600"), typedLevel("0")]).toEqual([{ value: -600 }, { value: 0 }]);
  expect(typedLevel("")).toEqual({ refusal: "The level is a number." });
});
