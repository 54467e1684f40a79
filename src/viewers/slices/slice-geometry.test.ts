/** Hits in panes. */
import { describe, expect, it } from "vitest";
import type { Grid, Triple } from "../../domain/geometry/grid.ts";
import { tilePointOf } from "../shared/view-geometry.ts";
import { sliceGeometry, sliceHit } from "./slice-geometry.ts";
import type { SlicePane, SliceView } from "./slice-scene.ts";

const grid: Grid = { shape: [9, 11, 13], toWorld: [0, 0, -1, 0, 0, -1, 0, 0, 2, 0, 0, 0] };
const view: SliceView = {
  convention: "radiological",
  voxel: [4, 5, 6],
  crosshair: true,
  interpolated: false,
  window: { level: 0, width: 1 },
  outlinePx: 1,
};
const pane = (x: number, y: number): SlicePane => ({
  rect: { x, y, width: 130, height: 110 },
  plane: "axial",
  slice: null,
  targets: { side: 0, scale: 0 },
  against: null,
  zoom: 1,
  panMm: [0, 0],
});

describe("sliceHit", () => {
  it("gives the voxel that is drawn at a pixel, also if the pane begins between two pixels", () => {
    for (const [x, y] of [
      [0, 0],
      [20.4, 7.6],
      [33.5, 12.5],
    ] as const) {
      const one = pane(x, y);
      const { corner, geometry } = sliceGeometry(grid, one, view, 1);
      for (let px = 3; px < 125; px += 7) {
        const hit = sliceHit(grid, [one], view, 1, corner[0] + px, corner[1] + 50);
        const drawn = Math.floor(geometry.origin[0] + geometry.step[0] * (px + 0.5));
        expect(hit?.voxel?.[2]).toBe(drawn);
      }
    }
  });

  it("finds the pane and its own slice, and nothing beside panes", () => {
    const panes = [pane(0, 0), { ...pane(140, 0), slice: 2 }];
    const at = pointOf(panes[1] ?? pane(0, 0), [2, 3, 4]);
    expect(sliceHit(grid, panes, view, 1, ...at)).toEqual({ pane: 1, voxel: [2, 3, 4] });
    expect(sliceHit(grid, panes, view, 1, 135, 20)).toBeNull();
  });
});

/** Returns the position of a voxel's centre on the canvas, in CSS px. */
function pointOf(of: SlicePane, voxel: Triple): readonly [number, number] {
  const [x, y] = tilePointOf(sliceGeometry(grid, of, view, 1).geometry, voxel);
  return [of.rect.x + x, of.rect.y + y];
}
