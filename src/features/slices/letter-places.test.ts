/** Tests that letters step aside for the crosshair's lines, and only then. */
import { expect, test } from "vitest";
import type { Triple } from "../../domain/geometry/grid.ts";
import { TO_WORLD } from "../../domain/testing/small-case.ts";
import { DEFAULT_VIEW } from "../../domain/view/fields.ts";
import { WHOLE_PLANES } from "../../domain/view/view-values.ts";
import { letterOffsets } from "./letter-places.ts";

// Axial: 100 x 100 voxels on 200 x 200 px; a voxel's centre is at 2 i + 1 from the corner of the picture.
const GRID = { shape: [10, 100, 100] as const, toWorld: TO_WORLD };
const rect = { x: 0, y: 0, width: 200, height: 200 };

function offsets(voxel: Triple, crosshair = true, place = rect) {
  const view = { ...DEFAULT_VIEW, voxel, crosshair, convention: "neurological" } as const;
  return letterOffsets({ grid: GRID, plane: "axial", rect: place, view, planes: WHOLE_PLANES });
}

test("letters stay in the middle of their edges while no line is near", () => {
  expect(offsets([0, 20, 80])).toEqual([0, 0]);
  expect(offsets([0, 50, 50], false)).toEqual([0, 0]);
});

test("letters in the corner of a tiny pane stay there", () => {
  expect(offsets([0, 50, 50], true, { ...rect, width: 90, height: 90 })).toEqual([0, 0]);
});

test("a letter stands beside a line that would run through it, on the nearer side", () => {
  // Left of the middle by 1 px, and above it by 1 px, as A is at the top.
  expect(offsets([0, 50, 49])).toEqual([11, 11]);
  expect(offsets([0, 49, 52])).toEqual([-7, -11]);
  expect(offsets([0, 20, 45])).toEqual([3, 0]);
  expect(offsets([0, 20, 43])).toEqual([0, 0]);
});

test("every letter is clear of both lines wherever the crosshair is", () => {
  for (let i = 0; i < 100; i++) {
    const [across, down] = offsets([0, i, i]);
    expect(Math.abs(2 * i + 1 - (100 + across))).toBeGreaterThanOrEqual(11.5);
    expect(Math.abs(199 - 2 * i - (100 + down))).toBeGreaterThanOrEqual(11.5);
  }
});
