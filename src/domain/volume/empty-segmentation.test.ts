/** Tests the recognition of segmentations without any paint. */
import { describe, expect, it } from "vitest";
import { regionSetFromLabels } from "../dataset/region-set.ts";
import { caseFindings } from "../findings/findings.ts";
import type { Grid } from "../geometry/grid.ts";
import { scalesOf } from "../targets/deep-supervision.ts";
import { isEmptySegmentation } from "./empty-segmentation.ts";
import { volumeFromLabels } from "./volume-from-labels.ts";

const one: Grid = { shape: [1, 1, 1], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
const labels = (values: readonly number[], shape: Grid["shape"] = [1, 1, 1]) =>
  ({ kind: "labels", volume: volumeFromLabels({ ...one, shape }, values) }) as const;
const segment = { value: 1, name: "liver", color: null, listed: true };

describe("a segmentation in which nothing is painted", () => {
  it("has segments and a single voxel that belongs to none", () => {
    expect(isEmptySegmentation(labels([0]), [segment])).toBe(true);
    expect(isEmptySegmentation(labels([1]), [segment])).toBe(false);
    expect(isEmptySegmentation(labels([0, 0], [1, 1, 2]), [segment])).toBe(false);
    // A table of names is no segment.
    expect(isEmptySegmentation(labels([0]), [{ value: 1, name: "liver", color: null }])).toBe(false);
  });

  it("may be a stack of layers", () => {
    const stack = { grid: one, names: ["a"], colors: [null], bitPlanes: [Uint32Array.of(0)] };
    expect(isEmptySegmentation({ kind: "masks", stack }, [])).toBe(true);
    const painted = { ...stack, bitPlanes: [Uint32Array.of(1)] };
    expect(isEmptySegmentation({ kind: "masks", stack: painted }, [])).toBe(false);
  });

  it("has one finding, and its segments are regions without voxels", () => {
    const set = regionSetFromLabels(Float64Array.of(0), new Map([[1, "liver"]]), [1]);
    expect(set.regions.map(({ name, labels: of }) => [name, of])).toEqual([["liver", [1]]]);
    const halved = [1, 2, 2, 2, 2].map((n) => [n, n, n] as const);
    const findings = caseFindings(set, null, {
      labels: [{ value: 0, voxels: 1 }],
      scales: scalesOf(one.shape, halved),
      stridesFrom: "plans",
      configuration: null,
      regionVoxels: [[0]],
      grids: null,
      isEmptySegmentation: true,
    });
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([["segmentation-empty", "error"]]);
    expect(findings[0]?.message).toMatch(
      /^This segmentation is empty: 3D Slicer writes a single voxel .* Paint the segments/,
    );
  });
});

it("each listed label is one region, in ascending order", () => {
  const { regions } = regionSetFromLabels(Float64Array.of(0, 2, 5), new Map(), [2, 3]);
  expect(regions.map(({ name }) => name)).toEqual(["label 2", "label 3", "label 5"]);
});
