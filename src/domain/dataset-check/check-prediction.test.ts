/** Tests which predictions are compared, and which are refused. */
import { expect, test } from "vitest";
import { regionSetFromLabels } from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import { PaletteBuilder } from "../volume/palette-builder.ts";
import type { Source } from "../volume/palette-volume.ts";
import { checkPrediction, predictionMissing } from "./check-prediction.ts";

const SET = regionSetFromLabels(Float64Array.of(0, 1, 2));
const OPTIONS = { spacing: [2, 1, 1] as Triple, toleranceMm: 1 };

function labels(values: readonly number[], shape: Triple = [1, 2, 3], x = 0): Source {
  const builder = new PaletteBuilder(values.length);
  builder.add(values);
  const toWorld = [0, 0, 1, x, 0, 1, 0, 0, 2, 0, 0, 0];
  return { kind: "labels", volume: { grid: { shape, toWorld }, ...builder.finish() } };
}

const REFERENCE = labels([0, 1, 1, 0, 2, 2]);

test("a perfect prediction has Dice 1 in every region", () => {
  const checked = checkPrediction(REFERENCE, labels([0, 1, 1, 0, 2, 2]), SET, OPTIONS);
  expect(checked).toMatchObject({
    regions: [
      { dice: 1, hd95: 0 },
      { dice: 1, hd95: 0 },
    ],
    findings: [],
  });
});

test("a rounding of the origin is no other grid, half a voxel is", () => {
  const moved = (x: number) =>
    checkPrediction(REFERENCE, labels([0, 1, 1, 0, 2, 2], [1, 2, 3], x), SET, OPTIONS);
  expect(moved(0.01)).toHaveProperty("regions");
  expect(moved(0.5)).toMatchObject({ refused: { code: "prediction-grid", severity: "error" } });
});

test("another shape is refused", () => {
  expect(checkPrediction(REFERENCE, labels([0, 1, 1, 0, 2, 2], [1, 3, 2]), SET, OPTIONS)).toMatchObject({
    refused: { code: "prediction-grid", title: "The prediction has other voxels" },
  });
});

test("labels that no region has are named", () => {
  expect(checkPrediction(REFERENCE, labels([0, 1, 7, 0, 2, 9]), SET, OPTIONS)).toMatchObject({
    findings: [{ code: "prediction-labels", labels: [7, 9] }],
  });
});

test("masks and a spacing of 0 cannot be compared, and a missing prediction names its case", () => {
  const stack: Source = {
    kind: "masks",
    stack: {
      grid: { shape: [1, 2, 3], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 2, 0, 0, 0] },
      names: ["a"],
      bitPlanes: [Uint32Array.of(1)],
    },
  };
  for (const checked of [
    checkPrediction(REFERENCE, stack, SET, OPTIONS),
    checkPrediction(REFERENCE, REFERENCE, SET, { spacing: [0, 1, 1], toleranceMm: 1 }),
  ])
    expect(checked).toMatchObject({ refused: { code: "prediction-unreadable" } });
  const missing = predictionMissing("case_7");
  expect(missing).toMatchObject({ refused: { code: "prediction-missing" } });
  expect(JSON.stringify(missing)).toContain("case_7");
});
