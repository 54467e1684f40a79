/** Boxes of connected components in tiles. */
import { describe, expect, it } from "vitest";
import type { Box } from "../../domain/analysis/components.ts";
import type { Grid, Plane, Triple } from "../../domain/geometry/grid.ts";
import type { GridLayout } from "../shared/grid-layout.ts";
import type { GridView } from "../shared/grid-view.ts";
import { viewGeometry, voxelAt } from "../shared/view-geometry.ts";
import { boxesInTile, boxInTile, MIN_BOX_PX, tileSizePx } from "./component-boxes.ts";

// RAS file: array axes z, y, x step S, A, R. Anisotropic: 5 x 2 x 1 mm.
const RAS: Grid = { shape: [8, 10, 40], toWorld: [0, 0, 1, 0, 0, 2, 0, 0, 5, 0, 0, 0] };
// The same voxels in LPI order: every axis is reversed.
const LPI: Grid = { shape: [8, 10, 40], toWorld: [0, 0, -1, 0, 0, -2, 0, 0, -5, 0, 0, 0] };
const LAYOUT: GridLayout = {
  widthPx: 410,
  heightPx: 300,
  devicePixelRatio: 1,
  columnWidthPx: 205,
  rowHeightPx: 105,
  gapPx: 5,
  scrollTopPx: 0,
};
const VIEW: GridView = {
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
const BOX: Box = { first: [2, 3, 10], last: [5, 6, 19] };

const geometryOf = (change: Partial<GridView> = {}, grid = RAS, layout = LAYOUT) =>
  viewGeometry(grid, layout, { ...VIEW, ...change });

/** Rounds to what a screen shows, because tiles are sampled a fraction of a pixel off. */
function rectOf(slice: number, change: Partial<GridView> = {}, grid = RAS, box = BOX, layout = LAYOUT) {
  const rect = boxInTile(geometryOf(change, grid, layout), slice, box);
  return rect && [rect.x, rect.y, rect.width, rect.height].map((n) => Math.round(n * 50) / 50);
}

describe("boxInTile", () => {
  it("has its edges along voxel edges in every plane", () => {
    // Axial: 40 x 20 mm at 5 px per mm; R on the left and A at the top.
    expect(rectOf(3)).toEqual([100, 30, 50, 40]);
    // Coronal: 40 x 40 mm at 2.5 px per mm, 100 px wide in the middle.
    expect(rectOf(4, { plane: "coronal" })).toEqual([50 + 50, 25, 25, 50]);
    // Sagittal: 20 x 40 mm at 2.5 px per mm, 50 px wide; A on the left.
    expect(rectOf(12, { plane: "sagittal" })).toEqual([75 + 15, 25, 20, 50]);
  });

  it("follows reversed axes", () => {
    expect(rectOf(3, {}, LPI)).toEqual([50, 30, 50, 40]);
    expect(rectOf(4, { plane: "coronal" }, LPI)).toEqual([50 + 25, 25, 25, 50]);
    expect(rectOf(12, { plane: "sagittal" }, LPI)).toEqual([75 + 15, 25, 20, 50]);
  });

  it("is null if the slice misses the box", () => {
    for (const [plane, axis] of [
      ["axial", 0],
      ["coronal", 1],
      ["sagittal", 2],
    ] as const) {
      for (const beyond of [BOX.first[axis] - 1, BOX.last[axis] + 1])
        expect(rectOf(beyond, { plane }), plane).toBeNull();
      for (const within of [BOX.first[axis], BOX.last[axis]])
        expect(rectOf(within, { plane }), plane).not.toBeNull();
    }
  });

  it("encloses exactly the pixels that show its voxels, zoomed, panned and at any pixel ratio", () => {
    const views: Partial<GridView>[] = [{}, { zoom: 1.7, panMm: [4.3, -2.1] }, { zoom: 3, panMm: [2, 1] }];
    for (const grid of [RAS, LPI])
      for (const plane of ["axial", "coronal", "sagittal"] as Plane[])
        for (const devicePixelRatio of [1, 1.5, 2])
          for (const change of views) {
            const geometry = geometryOf({ ...change, plane }, grid, { ...LAYOUT, devicePixelRatio });
            const slice = BOX.first[geometry.axes.slice.axis];
            const rect = boxInTile(geometry, slice, BOX);
            const current: [number, number, number] = [0, 0, 0];
            current[geometry.axes.slice.axis] = slice;
            expect(pixelsInside(rect, geometry)).toEqual(pixelsOf(BOX, geometry, current));
          }
  });

  it("enlarges a single voxel to a visible size about its centre", () => {
    const dot: Box = { first: [3, 4, 5], last: [3, 4, 5] };
    // 5 x 10 px at (170, 50).
    expect(rectOf(3, {}, RAS, dot)).toEqual([170 + 2.5 - MIN_BOX_PX / 2, 50, MIN_BOX_PX, 10]);
    const large = rectOf(3, { zoom: 4, panMm: [-15, 1] }, RAS, dot);
    expect(large?.slice(2)).toEqual([20, 40]);
  });

  it("is null if the box is outside the tile, and extends beyond the tile if the tile cuts it", () => {
    const corner: Box = { first: [0, 0, 0], last: [7, 1, 1] };
    expect(rectOf(3, {}, RAS, corner)).toEqual([190, 80, 10, 20]);
    expect(rectOf(3, { zoom: 3 }, RAS, corner)).toBeNull();
    expect(rectOf(3, { panMm: [2, 0] }, RAS, corner)).toBeNull();
    expect(rectOf(3, { panMm: [1, 0] }, RAS, corner)).toEqual([195, 80, 10, 20]);
    expect(rectOf(3, { zoom: 8 }, RAS, { first: [0, 0, 0], last: [7, 9, 39] })).toEqual([
      -700, -350, 1600, 800,
    ]);
  });
});

describe("boxesInTile", () => {
  const at = (x: number): Box => ({ first: [0, 0, x], last: [7, 9, x] });

  it("takes the first few in order, and counts the others in the tile", () => {
    const components = [
      { name: "a", box: at(1) },
      { name: "elsewhere", box: { first: [7, 0, 0], last: [7, 9, 9] } satisfies Box },
      { name: "b", box: at(5) },
      { name: "c", box: at(7) },
      { name: "d", box: at(9) },
    ];
    const few = boxesInTile(geometryOf(), 3, components, 2);
    expect([few.boxes.map(({ of }) => of.name), few.more]).toEqual([["a", "b"], 2]);
    const all = boxesInTile(geometryOf(), 3, components, 12);
    expect([all.boxes.map(({ of }) => of.name), all.more]).toEqual([["a", "b", "c", "d"], 0]);
    expect(boxesInTile(geometryOf({ zoom: 40 }), 3, components, 12)).toEqual({ boxes: [], more: 0 });
  });
});

/** Device pixels of a tile, as "i,j", whose centre is inside the rectangle. */
function pixelsInside(rect: ReturnType<typeof boxInTile>, geometry: ReturnType<typeof geometryOf>): string[] {
  const { devicePixelRatio: dpr } = geometry;
  return pixels(geometry, (i, j) => {
    if (!rect) return false;
    const [x, y] = [(i + 0.5) / dpr - rect.x, (j + 0.5) / dpr - rect.y];
    return x > 0 && y > 0 && x < rect.width && y < rect.height;
  });
}

/** Device pixels that show a voxel of the box. */
function pixelsOf(box: Box, geometry: ReturnType<typeof geometryOf>, current: Triple): string[] {
  return pixels(geometry, (i, j) => {
    const voxel = voxelAt(geometry, [i, j], current);
    return voxel?.every((n, axis) => n >= (box.first[axis] ?? 0) && n <= (box.last[axis] ?? 0)) ?? false;
  });
}

function pixels(geometry: ReturnType<typeof geometryOf>, has: (i: number, j: number) => boolean): string[] {
  const [width, height] = tileSizePx(geometry).map((n) => n * geometry.devicePixelRatio);
  const found: string[] = [];
  for (let j = 0; j < (height ?? 0); j++)
    for (let i = 0; i < (width ?? 0); i++) if (has(i, j)) found.push(`${i},${j}`);
  return found;
}
