/** The mapping between pixels and voxels: tiles, hits, pan and zoom. */
import { describe, expect, it } from "vitest";
import type { Grid } from "../../domain/geometry/grid.ts";
import { MAX_ZOOM } from "../../domain/view/view-values.ts";
import type { GridLayout } from "./grid-layout.ts";
import type { GridView } from "./grid-view.ts";
import { hitAt, panBy, tileAt, tilePointOf, viewGeometry, voxelAt, zoomAbout } from "./view-geometry.ts";

// RAS file: array axes z, y, x step S, A, R. Anisotropic: 5 x 2 x 1 mm.
const grid: Grid = { shape: [8, 10, 40], toWorld: [0, 0, 1, 0, 0, 2, 0, 0, 5, 0, 0, 0] };
const layout: GridLayout = {
  widthPx: 410,
  heightPx: 300,
  devicePixelRatio: 1,
  columnWidthPx: 205,
  rowHeightPx: 105,
  gapPx: 5,
  scrollTopPx: 0,
};
const view: GridView = {
  plane: "axial",
  convention: "radiological",
  voxel: [3, 4, 5],
  zoom: 1,
  panMm: [0, 0],
  window: { level: 40, width: 400 },
  fillOpacity: 0.5,
  outline: true,
  crosshair: true,
  interpolated: false,
  drawFrom: "bit-packed",
};

describe("viewGeometry", () => {
  it("fits the slice, in mm, into the tile and centres it", () => {
    // Axial: 40 x 20 mm into 200 x 100 px.
    const g = viewGeometry(grid, layout, view);
    expect(g.tilePx).toEqual([200, 100]);
    expect(g.pxPerMm).toBe(5);
    // The patient's R is on the left, so the first pixel is the voxel with the highest x; A is at the top.
    expect(voxelAt(g, [0, 0], view.voxel)).toEqual([3, 9, 39]);
    expect(voxelAt(g, [199, 99], view.voxel)).toEqual([3, 0, 0]);
    expect(voxelAt(g, [4, 9], view.voxel)).toEqual([3, 9, 39]);
    expect(voxelAt(g, [5, 10], view.voxel)).toEqual([3, 8, 38]);
  });

  it("letterboxes a slice of another shape", () => {
    // Sagittal: 20 x 40 mm into 200 x 100 px is 2.5 px per mm, 50 px wide.
    const g = viewGeometry(grid, layout, { ...view, plane: "sagittal" });
    expect(g.pxPerMm).toBe(2.5);
    expect(voxelAt(g, [74, 50], view.voxel)).toBeNull();
    expect(voxelAt(g, [75, 0], view.voxel)).toEqual([7, 9, 5]);
    expect(voxelAt(g, [124, 99], view.voxel)).toEqual([0, 0, 5]);
    expect(voxelAt(g, [125, 50], view.voxel)).toBeNull();
  });

  it("puts the crosshair on the centre of its voxel", () => {
    const g = viewGeometry(grid, layout, view);
    expect(voxelAt(g, g.crosshairPx, view.voxel)).toEqual(view.voxel);
    expect(g.crosshairPx).toEqual([(39 - 5) * 5 + 2, (9 - 4) * 10 + 5]);
    const [x, y] = tilePointOf(g, view.voxel);
    expect(x).toBeCloseTo((39 - 5) * 5 + 2.5, 2);
    expect(y).toBeCloseTo((9 - 4) * 10 + 5, 2);
  });

  it("leaves a gap of a few voxels around the crosshair's centre, within limits", () => {
    const gap = (zoom: number, dpr = 1) =>
      viewGeometry(grid, { ...layout, devicePixelRatio: dpr }, { ...view, zoom }).crosshairGapPx;
    // Voxels are 5 x 10 px: 2.5 of the longer side; at most a quarter of the tile's 100 px.
    expect(gap(1)).toBe(25);
    expect(gap(1, 2)).toBe(50);
    const small = { ...grid, shape: [40, 400, 400] as const };
    const fine = viewGeometry(small, layout, view);
    expect(fine.crosshairGapPx).toBe(8);
    expect(viewGeometry(small, { ...layout, columnWidthPx: 30, rowHeightPx: 30 }, view).crosshairGapPx).toBe(
      6,
    );
  });

  it("accepts tiles smaller than their gap and voxel grids without spacing", () => {
    const tiny = { ...layout, columnWidthPx: 3, rowHeightPx: 3 };
    const flat = { ...grid, toWorld: new Array(12).fill(0) };
    expect(viewGeometry(grid, tiny, view).tilePx).toEqual([1, 1]);
    expect(() => viewGeometry(flat, layout, view)).not.toThrow();
  });
});

describe("tileAt and hitAt", () => {
  it("find tile and pixel, and nothing in gaps", () => {
    const g = viewGeometry(grid, { ...layout, scrollTopPx: 50 }, view);
    expect(tileAt(g, 0, 0)).toEqual({ row: 0, column: 0, px: [0, 50] });
    expect(tileAt(g, 206, 56)).toEqual({ row: 1, column: 1, px: [1, 1] });
    expect(tileAt(g, 202, 0)).toBeNull();
    expect(tileAt(g, 0, 52)).toBeNull();
    expect(tileAt(g, -1, 0)).toBeNull();
  });

  it("work in device pixels", () => {
    const g = viewGeometry(grid, { ...layout, devicePixelRatio: 1.5 }, view);
    expect(g.tilePx).toEqual([299, 149]);
    expect(tileAt(g, 205, 105)).toEqual({ row: 1, column: 1, px: [0, 0] });
  });

  it("give the voxel, and nothing beyond the last row, the last column and the volume", () => {
    const g = viewGeometry(grid, layout, view);
    expect(hitAt(g, 206, 106, view.voxel, 2, 2)).toEqual({ row: 1, column: 1, voxel: [3, 9, 39] });
    expect(hitAt(g, 206, 106, view.voxel, 1, 2)).toBeNull();
    expect(hitAt(g, 206, 106, view.voxel, 2, 1)).toBeNull();
    const side = viewGeometry(grid, layout, { ...view, plane: "sagittal" });
    expect(hitAt(side, 3, 3, view.voxel, 2, 2)).toBeNull();
  });
});

describe("pan and zoom", () => {
  it("move the slice with the pointer", () => {
    const moved = { ...view, zoom: 3, panMm: panBy(grid, layout, { ...view, zoom: 3 }, 30, -15) };
    const [before, after] = [
      viewGeometry(grid, layout, { ...view, zoom: 3 }),
      viewGeometry(grid, layout, moved),
    ];
    expect(voxelAt(after, [130, 35], view.voxel)).toEqual(voxelAt(before, [100, 50], view.voxel));
  });

  it("keep the tile's centre on the slice", () => {
    expect(panBy(grid, layout, view, 1e6, -1e6)).toEqual([20, -10]);
  });

  it("keep the point under the pointer in every tile", () => {
    let current = view;
    const before = voxelAt(viewGeometry(grid, layout, view), [33, 70], view.voxel);
    for (const factor of [1.3, 2, 1.7]) {
      current = { ...current, ...zoomAbout(grid, layout, current, 205 + 33, 105 + 70, factor) };
      expect(voxelAt(viewGeometry(grid, layout, current), [33, 70], view.voxel)).toEqual(before);
    }
    expect(current.zoom).toBeCloseTo(1.3 * 2 * 1.7);
  });

  it("stop at their limits, and return to the middle when the whole slice is visible", () => {
    const zoomed = { ...view, ...zoomAbout(grid, layout, view, 10, 10, 1e9) };
    expect(zoomed.zoom).toBe(MAX_ZOOM);
    expect(zoomAbout(grid, layout, zoomed, 180, 90, 1e-9)).toEqual({ zoom: 1, panMm: [0, 0] });
  });
});
