/** Tests guessed strides against nnU-Net's own planner. */
import { describe, expect, it } from "vitest";
import ORACLE from "../fixtures/strides/strides.json" with { type: "json" };
import type { Grid, Triple } from "../geometry/grid.ts";
import { guessedStrides, plannedStrides, startPatch } from "./guessed-strides.ts";

const grid = (shape: Triple, [z, y, x]: Triple): Grid => ({
  shape,
  toWorld: [0, 0, x, 0, 0, y, 0, 0, z, 0, 0, 0],
});
const text = (strides: readonly (readonly number[])[]) =>
  strides.map((networkStage) => networkStage.join("x")).join(" ");

describe("strides without plans", () => {
  it(`equal those of nnU-Net's own function in all ${ORACLE.cases.length} cases`, () => {
    expect(ORACLE.cases).toHaveLength(160);
    for (const { patch, spacing, strides } of ORACLE.cases)
      expect(text(plannedStrides(spacing, patch)), `${patch} at ${spacing} mm`).toBe(text(strides));
  });

  it("start from as many voxels as 256³ or 2048², in proportion to the spacing, within the case", () => {
    expect(startPatch([1, 1, 1], [300, 512, 512])).toEqual([256, 256, 256]);
    expect(startPatch([1, 1, 1], [40, 512, 512])).toEqual([40, 256, 256]);
    // 256³ voxels as thick slices: 256 / 4^(2/3) = 101.6 slices of 256 · 4^(1/3) = 406.4 voxels.
    expect(startPatch([4, 1, 1], [300, 512, 512])).toEqual([102, 406, 406]);
    expect(startPatch([1, 1], [4000, 1000])).toEqual([2048, 1000]);
  });

  it("halve only the two axes of a single slice, wherever the third is", () => {
    expect(text(guessedStrides(grid([1, 48, 64], [5, 1, 1])))).toBe("1x1x1 1x2x2 1x2x2 1x2x2");
    expect(text(guessedStrides(grid([48, 64, 1], [1, 1, 5])))).toBe("1x1x1 2x2x1 2x2x1 2x2x1");
  });

  it("halve the axis of thick slices later, and none below four voxels", () => {
    expect(text(guessedStrides(grid([17, 346, 384], [5, 0.78, 0.78])))).toBe(
      "1x1x1 1x2x2 1x2x2 2x2x2 2x2x2 1x2x2 1x2x2",
    );
    expect(text(guessedStrides(grid([5, 7, 9], [1, 1, 1])))).toBe("1x1x1");
    expect(text(guessedStrides(grid([1, 1, 1], [1, 1, 1])))).toBe("1x1x1");
  });
});
