/** Tests the sentences on the two grids of a case. */
import { describe, expect, test } from "vitest";
import type { TrainingGridQuery } from "../../domain/case/training-grid-query.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import { exactSpacingText, gapsText, lineText, resamplingText, shownGridText } from "./text.ts";

const volume = (shape: Triple) =>
  volumeFromLabels(
    { shape, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] },
    new Array(shape[0] * shape[1] * shape[2]).fill(0),
  );

const QUERY: TrainingGridQuery = {
  kind: "query",
  volume: volume([4, 9, 9]),
  spacing: [2.5, 0.78125, 0.78125],
  mask: null,
  maskUnknown: null,
  plansSpacing: [2, 1.5, 1.5],
  resampling: { name: "resample_data_or_seg_to_shape", kwargs: {} },
};

const MADE: TrainingGrid = {
  kind: "training-grid",
  volume: volume([5, 5, 5]),
  box: { first: [0, 0, 0], shape: [4, 9, 9] },
  uncropped: null,
  resampling: { kind: "resampling", shape: [5, 5, 5], order: 1, separateAxis: 0, orderZ: 0 },
  type: "int8",
  gapVoxels: 0,
};

const storedOf = ({ volume: { grid }, spacing }: TrainingGridQuery) => ({ shape: grid.shape, spacing });

const lineOf = (made: TrainingGrid, query = QUERY) =>
  lineText({
    shown: "trained",
    stored: storedOf(query),
    query,
    made,
    progress: null,
    isCancelled: false,
  });

describe("the line from grid to grid", () => {
  test("says from which to which", () => {
    expect(lineOf(MADE)).toBe("4×9×9 at 2.5×0.78×0.78 mm → 5×5×5 at 2×1.5×1.5 mm");
  });

  test("says to what it is cropped, or why it is not", () => {
    const box = { first: [0, 1, 0], shape: [4, 8, 9] } as const;
    expect(lineOf({ ...MADE, box })).toMatch(/ → 5×5×5 at 2×1\.5×1\.5 mm, cropped to 4×8×9$/);
    const unknown = { ...QUERY, maskUnknown: "Channel 1 could not be read." };
    expect(lineOf({ ...MADE, uncropped: "image-unknown" }, unknown)).toMatch(
      / mm, not cropped: channel 1 could not be read\.$/,
    );
    expect(lineOf({ ...MADE, uncropped: "image-all-zero" })).toMatch(/: the image is zero everywhere\.$/);
    const cropped = { ...MADE, box: { first: [0, 1, 0], shape: [5, 5, 5] } } as const;
    expect(lineOf(cropped)).toMatch(/ → 5×5×5 at 2×1\.5×1\.5 mm, cropped and not resampled$/);
  });

  test("says that it has the same voxels", () => {
    const query = { ...QUERY, volume: MADE.volume };
    const same = { ...MADE, box: { first: [0, 0, 0], shape: [5, 5, 5] } } as const;
    expect(lineOf(same, query)).toBe("5×5×5 at 2.5×0.78×0.78 mm → the same voxels on the training grid");
    expect(lineOf({ ...MADE, box: { ...same.box, shape: [5, 4, 5] } }, query)).not.toContain("the same");
  });

  test("a 2D configuration leaves the slices where they are", () => {
    expect(lineOf(MADE, { ...QUERY, plansSpacing: [1.5, 1.5] })).toMatch(/ at 2\.5×1\.5×1\.5 mm$/);
  });

  test("says how far it is made, and why it is not", () => {
    const grids = {
      shown: "stored",
      stored: storedOf(QUERY),
      query: QUERY,
      made: null,
      progress: 0.407,
      isCancelled: false,
    } as const;
    expect(lineText(grids)).toBe("4×9×9 at 2.5×0.78×0.78 mm → training grid at 2×1.5×1.5 mm, 40 % made");
    expect(lineText({ ...grids, progress: null })).toMatch(/, not made yet$/);
    expect(lineText({ ...grids, progress: null, isCancelled: true })).toMatch(/ mm, cancelled$/);
    const refused = { kind: "refused", reason: "There are no plans." } as const;
    expect(lineText({ ...grids, made: refused })).toBe(
      "4×9×9 at 2.5×0.78×0.78 mm. No training grid: there are no plans.",
    );
    expect(lineText({ ...grids, query: refused })).toBe("No training grid: there are no plans.");
  });
});

test("names the grid that is shown", () => {
  const grids = {
    shown: "trained",
    stored: storedOf(QUERY),
    query: QUERY,
    made: MADE,
    progress: null,
    isCancelled: false,
  } as const;
  expect(shownGridText(grids)).toBe("Training grid: 5×5×5 at 2×1.5×1.5 mm");
  expect(shownGridText({ ...grids, shown: "stored" })).toBe("Stored grid: 4×9×9 at 2.5×0.78×0.78 mm");
  expect(shownGridText({ ...grids, shown: "stored", query: { kind: "refused", reason: "No." } })).toBe(
    "Stored grid: 4×9×9 at 2.5×0.78×0.78 mm",
  );
});

test("says which spacing the training grid has where it is not the plans'", () => {
  const grid = (mm: Triple) => ({
    shape: [5, 5, 5] as const,
    toWorld: [0, 0, mm[2], 0, 0, mm[1], 0, 0, mm[0], 0, 0, 0],
  });
  const at = (mm: Triple): TrainingGrid => ({ ...MADE, volume: { ...MADE.volume, grid: grid(mm) } });
  expect(exactSpacingText(QUERY, at([2, 1.5, 1.5]))).toBeNull();
  expect(exactSpacingText(QUERY, at([2.0001, 1.5, 1.4999]))).toBeNull();
  expect(exactSpacingText(QUERY, at([2.0313, 1.5, 1.49]))).toBe(
    "2.031×1.5×1.49 mm, to fit whole voxels; 2×1.5×1.5 mm in the plans",
  );
});

test("says how labels are resampled, and how many voxels are gaps", () => {
  expect(resamplingText(MADE)).toBe(
    "linear (order 1), each label by itself; coarse axis 0 apart: nearest neighbour",
  );
  const resampling = { ...MADE.resampling, order: 0, separateAxis: null } as const;
  expect(resamplingText({ ...MADE, resampling })).toBe("nearest neighbour");
  const box = { ...MADE.box, shape: resampling.shape };
  expect(resamplingText({ ...MADE, box })).toBe("none: no axis changes its number of voxels");
  const kept = { ...MADE.box, shape: [5, 9, 9] } as const;
  expect(resamplingText({ ...MADE, box: kept })).toBe(
    "linear (order 1), each label by itself; coarse axis 0 apart: keeps its slices",
  );
  expect(resamplingText(MADE, true)).toMatch(
    / nearest neighbour\. The plans have no resampling_fn_seg, at which/,
  );
  expect(gapsText(MADE)).toBeNull();
  expect(gapsText({ ...MADE, gapVoxels: 1200 })).toBe(
    "1,200 voxels of background, where labels meet and none reaches one half",
  );
});
