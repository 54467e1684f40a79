/** Tests plane, crosshair and window of a newly opened case. */
import { expect, test } from "vitest";
import { labelText } from "../../domain/dataset/label-text.ts";
import type { Grid } from "../../domain/geometry/grid.ts";
import { TO_WORLD, volumeOf } from "../../domain/testing/small-case.ts";
import { DEFAULT_VIEW } from "../../domain/view/fields.ts";
import { initialPlane, planeExtentMm } from "../../domain/view/initial-plane.ts";
import { initialWindow } from "../../domain/view/initial-window.ts";
import { caseOf } from "../testing/test-case.ts";
import { initialView, initialVoxel, mergeLink, sliceOf } from "./initial-view.ts";
import { decodeView } from "./url.ts";

const spaced = (z: number, y: number, x: number): Grid => ({
  shape: [10, 20, 30],
  toWorld: [0, 0, x, 0, 0, y, 0, 0, z, 0, 0, 0],
});

test.each([
  ["coronal", spaced(1, 1, 1)],
  ["axial", spaced(5, 1, 1)],
  ["sagittal", spaced(0.7, 0.7, 4.8)],
] as const)("thick slices are shown in the plane they were acquired in: %s", (plane, grid) => {
  expect(initialPlane(grid)).toBe(plane);
});

test("a 2D image is shown in its plane", () => {
  expect(initialPlane({ shape: [1, 20, 30], toWorld: TO_WORLD })).toBe("axial");
});

test("a volume of one long row is shown in cross-section, not as a line thinner than a pixel", () => {
  expect(initialPlane({ shape: [2, 2, 5000], toWorld: TO_WORLD })).toBe("sagittal");
  expect(initialPlane({ shape: [5000, 1, 1], toWorld: TO_WORLD })).toBe("axial");
});

test("the crosshair starts at the centroid of the labelled voxels", () => {
  const values = new Array<number>(125).fill(0);
  values[124] = 3;
  expect(initialVoxel({ kind: "labels", volume: volumeOf([5, 5, 5], values) })).toEqual([4, 4, 4]);
  values[124] = 0;
  expect(initialVoxel({ kind: "labels", volume: volumeOf([5, 5, 5], values) })).toEqual([2, 2, 2]);
});

test("the window covers the image without its outliers", () => {
  const data = Float32Array.from({ length: 1000 }, (_, i) => (i === 999 ? 1e6 : i));
  const { level, width } = initialWindow({ grid: spaced(1, 1, 1), data, min: 0, max: 1e6 }, false);
  expect(level + width / 2).toBeLessThan(1000);
});

test("an address applies except for regions that this case does not have", () => {
  const openCase = caseOf(volumeOf([1, 1, 2], [0, 1]), { sampleId: "sample" });
  const view = initialView(openCase, null, DEFAULT_VIEW);
  const link = decodeView(
    new URLSearchParams("sample=sample&hide=gone&hide=liver&solo=gone&selected=gone&selected=spleen"),
  );
  const linked = mergeLink(view, link, openCase, new Set(["liver", "spleen"]));
  expect([...(linked.hidden ?? [])]).toEqual(["liver"]);
  expect(linked.solo).toBe(null);
  expect(linked.selectedRegion).toBe("spleen");
});

test("an address brings the rulers that lie in a slice of this case", () => {
  const openCase = caseOf(volumeOf([2, 2, 2], [0, 1, 0, 1, 0, 1, 0, 1]), { sampleId: "sample" });
  const view = initialView(openCase, null, DEFAULT_VIEW);
  const rulers = ["axial,1,0,0,1,1,1.5", "axial,2,0,0,2,1,1", "axial,1,0,0,0,1,1", "axial,0.5,0,0,0.5,1,1"];
  const link = decodeView(
    new URLSearchParams([["sample", "sample"], ...rulers.map((text) => ["ruler", text])]),
  );
  const linked = mergeLink(view, link, openCase, new Set());
  expect(linked.rulers).toEqual([{ plane: "axial", from: [1, 0, 0], to: [1, 1, 1.5] }]);
  expect("rulers" in mergeLink(view, { sample: "sample" }, openCase, new Set())).toBe(false);
});

test("a plane's slices have an extent in mm, and a voxel is in one of them", () => {
  expect(planeExtentMm(spaced(5, 1, 2), "coronal")).toEqual([60, 50]);
  expect(sliceOf(spaced(1, 1, 1), "axial", [3, 0, 0])).toEqual({ slice: 3, last: 9, direction: 1 });
});

test.each([
  [[14, 15, 16, 17, 18], "14–18"],
  [[7, 9, 10, 11], "7, 9–11"],
  [[6, 5], "5, 6"],
  [[-1, 70000], "-1, 70000"],
  [[], ""],
])("labels %j read %s", (labels, text) => {
  expect(labelText(labels)).toBe(text);
});
