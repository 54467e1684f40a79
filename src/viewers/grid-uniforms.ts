/** The values that `shaders/view/grid.wgsl` reads, from the geometry and the open case. Pure. */
import type { Triple } from "../domain/grid.ts";
import { strideOf } from "../domain/transpose.ts";
import type { ResidentCase, ResidentScale } from "../paths/resident.ts";
import { CROSSHAIR_ALPHA, CROSSHAIR_COLOR, GROUND_COLOR, MARK_COLOR, OUTSIDE_COLOR } from "./grid-colors.ts";
import type { GridRow, GridView } from "./grid-view.ts";
import type { ResidentImage } from "./resident-image.ts";
import { scaleIndex, type ViewGeometry } from "./view-geometry.ts";

/** The visible rows of the grid: the first, and how many. */
export function visibleRows(
  geometry: ViewGeometry,
  heightPx: number,
  rows: number,
): { readonly first: number; readonly count: number } {
  const { scrollTopPx, cellPx } = geometry;
  const first = Math.max(0, Math.floor(scrollTopPx / cellPx[1]));
  const end = Math.min(rows, Math.ceil((scrollTopPx + heightPx) / cellPx[1]));
  return { first, count: Math.max(0, end - first) };
}

export interface FrameInputs {
  readonly geometry: ViewGeometry;
  readonly view: GridView;
  readonly resident: ResidentCase;
  readonly image: ResidentImage | null;
  /** Canvas size in device px. */
  readonly canvas: readonly [number, number];
  readonly firstRow: number;
}

export function frameValues({ geometry, view, resident, image, canvas, firstRow }: FrameInputs) {
  const { horizontal, vertical, slice } = geometry.axes;
  const strides = strideOf(resident.grid.shape);
  const unit = image?.unit ?? 1;
  const width = Math.max(view.window.width, Number.EPSILON);
  return {
    canvas,
    cell: geometry.cellPx,
    tile: geometry.tilePx,
    scroll_top: geometry.scrollTopPx,
    line: geometry.linePx,
    crosshair: geometry.crosshairPx,
    crosshair_alpha: view.crosshair ? CROSSHAIR_ALPHA : 0,
    fill_opacity: view.fillOpacity,
    outline_opacity: view.outline ? 1 : view.fillOpacity,
    first_row: firstRow,
    column_count: resident.scales.length,
    origin: geometry.origin,
    step: geometry.step,
    shape: geometry.shape,
    stride: [strides[horizontal.axis], strides[vertical.axis]],
    slice_stride: strides[slice.axis],
    slice_start: view.voxel[slice.axis] * strides[slice.axis],
    image_low: (view.window.level - width / 2) / unit,
    image_gain: unit / width,
    has_image: image ? 1 : 0,
    index_shift: resident.bitsPerIndex === 16 ? 1 : 2,
    palette_size: resident.paletteSize,
    outside: OUTSIDE_COLOR,
    ground: GROUND_COLOR,
    crosshair_color: CROSSHAIR_COLOR,
    mark_color: MARK_COLOR,
  };
}

/** One scale, cut by the current slice. */
export function columnValues(geometry: ViewGeometry, shape: Triple, scale: ResidentScale, voxel: Triple) {
  const { horizontal, vertical, slice } = geometry.axes;
  const across = [horizontal.axis, vertical.axis] as const;
  const collapsed = scale.shape.some((n) => n === 0);
  const ratio = across.map((axis) => scale.shape[axis] / shape[axis]);
  const strides = strideOf(scale.shape);
  // The tables of axes 0, 1 and 2 lie one after the other.
  const tableOf = (axis: 0 | 1 | 2) =>
    scale.tableOffset + (axis > 0 ? scale.shape[0] : 0) + (axis > 1 ? scale.shape[1] : 0);
  const index = collapsed ? 0 : scaleIndex(voxel[slice.axis], shape[slice.axis], scale.shape[slice.axis]);
  return {
    origin: geometry.origin.map((p, side) => p * (ratio[side] ?? 0)),
    step: geometry.step.map((p, side) => p * (ratio[side] ?? 0)),
    shape: collapsed ? [0, 0] : across.map((axis) => scale.shape[axis]),
    stride: across.map((axis) => strides[axis]),
    slice_start: scale.wordOffset + index * strides[slice.axis],
    voxels: scale.voxels,
    tables: across.map((axis) => tableOf(axis)),
    slice_table: tableOf(slice.axis) + index,
  };
}

export function rowValues(rows: readonly GridRow[]) {
  return rows.map(({ color, channel }) => ({ color, channel }));
}
