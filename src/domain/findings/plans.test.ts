/** Tests the finding on plans with another spacing than the case. */
import { describe, expect, it, test } from "vitest";
import type { Grid, Triple } from "../geometry/grid.ts";
import { DEFAULT_SEG_RESAMPLING } from "../training-grid/resampling.ts";
import { otherPreprocessor, plansOtherSpacing, resamplingUnnamed } from "./plans.ts";

const gridOf = (shape: Triple, [z, y, x]: Triple): Grid => ({
  shape,
  toWorld: [0, 0, x, 0, 0, y, 0, 0, z, 0, 0, 0],
});
const planned = (spacing: readonly number[] | null) => ({
  name: "3d_fullres",
  strides: [],
  patchSize: null,
  batchSize: null,
  spacing,
});

test("another preprocessor than nnU-Net's is named", () => {
  expect(otherPreprocessor(planned([1, 1, 1]))).toEqual([]);
  expect(otherPreprocessor({ ...planned([1, 1, 1]), preprocessor: "NoResampling" })).toMatchObject([
    {
      code: "preprocessor-unknown",
      severity: "warning",
      message: expect.stringMatching(
        /^Configuration “3d_fullres” is preprocessed by "NoResampling", .* correct preprocessor_name in the plans\.$/,
      ),
    },
  ]);
});

test("plans without resampling_fn_seg stop nnU-Net at every case, whatever the spacing", () => {
  const planned311 = planned([3, 1, 1]);
  expect(resamplingUnnamed(planned311)).toMatchObject([
    {
      code: "resampling-stops",
      severity: "error",
      title: "Preprocessing stops: the plans have no resampling_fn_seg",
      message:
        "Configuration “3d_fullres” has no resampling_fn_seg, so nnU-Net's preprocessing stops at every case. Any training grid here is made by " +
        "resample_data_or_seg_to_shape, as nnU-Net's planners write it. Plan the dataset again, or write that function as resampling_fn_seg, and " +
        '{"is_seg":true,"order":1,"order_z":0,"force_separate_z":null} as resampling_fn_seg_kwargs.',
    },
  ]);
  expect(resamplingUnnamed({ ...planned311, segResampling: DEFAULT_SEG_RESAMPLING })).toEqual([]);
  // Nothing is resampled here without a spacing, and another preprocessor may not ask for the function.
  expect(resamplingUnnamed(planned(null))).toEqual([]);
  expect(resamplingUnnamed({ ...planned311, preprocessor: "NoResampling" })).toEqual([]);
});

describe("plansOtherSpacing", () => {
  it("says what training sees and what Regionscope shows", () => {
    const [found, ...others] = plansOtherSpacing(
      planned([3, 2.036, 2.036]),
      gridOf([12, 96, 96], [3, Math.fround(0.488), Math.fround(0.488)]),
    );
    expect(others).toEqual([]);
    expect([found?.code, found?.severity]).toEqual(["plans-other-spacing", "info"]);
    expect(found?.message).toBe(
      "Training sees this case with at most 12×23×23 voxels, not 12×96×96: nnU-Net resamples it from 3×0.488×0.488 mm to the 3×2.036×2.036 mm of " +
        "configuration “3d_fullres”. nnU-Net first crops the case to the box of the image's nonzero voxels, which is not known here. " +
        "Regionscope shows and counts the stored grid, so in training small structures may disappear at other scales than here, or already at scale 0.",
    );
    const grid = gridOf([12, 96, 96], [3, 0.488, 0.488]);
    expect(plansOtherSpacing(planned([3, 2.036, 2.036]), grid, true)[0]?.severity).toBe("warning");
  });

  it("counts cropping where the box is known", () => {
    const of = (cropped: Triple, spacing = [2, 2, 2], shape: Triple = [20, 30, 40]) =>
      plansOtherSpacing(planned(spacing), gridOf(shape, [1, 1, 1]), false, [1, 1, 1], cropped)[0]?.message;
    expect(of([18, 30, 22])).toBe(
      "Training sees this case with 9×15×11 voxels, not 20×30×40: nnU-Net crops it to 18×30×22 voxels and resamples it from 1×1×1 mm to the 2×2×2 mm of " +
        "configuration “3d_fullres”. Regionscope shows and counts the stored grid, so in training small structures may disappear at other scales than here, or already at scale 0.",
    );
    expect(of([20, 30, 40])).toMatch(/with 10×15×20 voxels, not 20×30×40: nnU-Net resamples it from/);
    expect(of([10, 10, 10], [1, 1, 1])).toBeUndefined();
    expect(of([10, 10, 10], [200, 1, 1])).toBeUndefined();
    expect(of([10, 10, 10], [0.5, 0.5, 0.5], [20, 20, 20])).toMatch(
      /with 20×20×20 voxels: nnU-Net crops it to 10×10×10 voxels and/,
    );
  });

  it.each<[string, Triple, Triple, readonly number[], string | null]>([
    ["halves are rounded to the even length", [5, 7, 9], [1, 1, 1], [2, 2, 2], "2×4×4"],
    ["2D keeps its slices", [5, 10, 10], [9, 1, 1], [2, 2], "5×5×5"],
    ["finer spacing adds voxels", [5, 10, 10], [3, 1, 1], [1, 1, 1], "15×10×10"],
    ["a spacing difference too small to change the shape", [5, 10, 10], [1, 1, 1], [1.01, 1, 1], null],
    ["equal spacing", [5, 10, 10], [1, 1, 1], [1, 1, 1], null],
  ])("%s", (_, shape, own, spacing, trained) => {
    const [found] = plansOtherSpacing(planned(spacing), gridOf(shape, own), false, own, shape);
    if (trained === null) expect(found).toBeUndefined();
    else expect(found?.message).toContain(`with ${trained} voxels, not ${shape.join("×")}`);
  });

  it("finds nothing if the plans have no spacing", () => {
    expect(plansOtherSpacing(planned(null), gridOf([5, 10, 10], [1, 1, 1]))).toEqual([]);
  });
});
