/** Computes the values that `shaders/grid/grid.wgsl` reads from the geometry and the open case. Pure. */
import type { Pair } from "../../base/pair.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { strideOf } from "../../domain/geometry/transpose.ts";
import { axisPlacement, type PlacedScale, targetPosition } from "../../domain/targets/placed-targets.ts";
import type { ResidentScale } from "../../targets/resident/resident-scale.ts";
import type { ResidentTargets } from "../../targets/resident/resident-targets.ts";
import {
  BEYOND_PATCH,
  CROSSHAIR_ALPHA,
  CROSSHAIR_COLOR,
  GROUND_COLOR,
  HATCH_COLOR,
  OUTSIDE_COLOR,
  PATCH_COLOR,
} from "../shared/grid-colors.ts";
import type { GridRow, GridView } from "../shared/grid-view.ts";
import type { ResidentImage } from "../shared/resident-image.ts";
import type { ExtractedSlice } from "../shared/slice-extractor.ts";
import type { ViewGeometry } from "../shared/view-geometry.ts";

/** Returns the visible rows of the grid: the first one and their number. */
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

interface FrameInputs {
  readonly geometry: ViewGeometry;
  readonly view: GridView;
  readonly targets: ResidentTargets;
  readonly image: ResidentImage | null;
  /** Canvas size in device px. */
  readonly canvas: readonly [number, number];
  readonly firstRow: number;
}

export function frameValues({ geometry, view, targets, image, canvas, firstRow }: FrameInputs) {
  const unit = image?.unit ?? 1;
  const width = Math.max(view.window.width, Number.EPSILON);
  return {
    canvas,
    cell: geometry.cellPx,
    tile: geometry.tilePx,
    scroll_top: geometry.scrollTopPx,
    line: geometry.linePx,
    crosshair: geometry.crosshairPx,
    crosshair_gap: geometry.crosshairGapPx,
    crosshair_alpha: view.crosshair ? CROSSHAIR_ALPHA : 0,
    fill_opacity: view.fillOpacity,
    outline_opacity: view.outline ? 1 : view.fillOpacity,
    first_row: firstRow,
    column_count: targets.scales.length,
    origin: geometry.origin,
    step: geometry.step,
    shape: geometry.shape,
    image_low: (view.window.level - width / 2) / unit,
    image_gain: unit / width,
    has_image: image ? 1 : 0,
    outside: OUTSIDE_COLOR,
    ground: GROUND_COLOR,
    crosshair_color: CROSSHAIR_COLOR,
    hatch_color: HATCH_COLOR,
    patch_color: PATCH_COLOR,
    beyond_patch: BEYOND_PATCH,
    ...patchValues(targets, geometry, view.voxel),
    has_outline: view.outline ? 1 : 0,
  };
}

/** Returns the part of the slice inside the patch, in voxels; empty if the slice misses the patch. */
function patchValues({ targets }: Pick<ResidentTargets, "targets">, { axes }: ViewGeometry, voxel: Triple) {
  const { first, shape } = targets.inside;
  const slice = axes.slice.axis;
  const beside = voxel[slice] < first[slice] || voxel[slice] >= first[slice] + shape[slice];
  const sides = [axes.horizontal.axis, axes.vertical.axis] as const;
  const low = sides.map((axis) => first[axis]);
  return { patch_low: low, patch_high: beside ? low : sides.map((axis) => first[axis] + shape[axis]) };
}

/** Inputs for the column of one scale. */
interface ColumnInputs {
  readonly geometry: ViewGeometry;
  readonly targets: ResidentTargets["targets"];
  readonly placed: PlacedScale;
  readonly resident: ResidentScale;
  /** Position of the looked-up slice; null to read the words of the whole scale. */
  readonly extracted: ExtractedSlice | null;
  /** Start of the slice's palette entries; 0 if they are not read. */
  readonly entries: number;
  /** Crosshair, in full-size voxels. */
  readonly voxel: Triple;
}

/** Values of one scale at the current slice. */
export function columnValues({
  geometry,
  targets,
  placed,
  resident,
  extracted,
  entries,
  voxel,
}: ColumnInputs) {
  const { horizontal, vertical, slice } = geometry.axes;
  const across = [horizontal.axis, vertical.axis] as const;
  const collapsed = resident.voxels === 0;
  const strides = strideOf(resident.shape);
  const { index, isThere } = sliceOfScale(targets, placed, resident, slice.axis, voxel);
  // A slice without target voxels is drawn at a position that has none.
  const { origin, step } = isThere
    ? placeOf(geometry, targets, placed)
    : { origin: [-1, -1] as const, step: [0, 0] as const };
  return {
    origin,
    step,
    shape: collapsed ? [0, 0] : across.map((axis) => resident.shape[axis]),
    stride: extracted?.stride ?? across.map((axis) => strides[axis]),
    start: extracted?.start ?? resident.wordOffset + index * strides[slice.axis],
    word_stride: extracted?.wordStride ?? resident.voxels,
    entries,
  };
}

/** Returns the slice of a scale that contains a full-size voxel, or the nearest one if none does. */
export function sliceOfScale(
  targets: ResidentTargets["targets"],
  placed: PlacedScale,
  resident: ResidentScale,
  axis: 0 | 1 | 2,
  voxel: Triple,
): { readonly index: number; readonly isThere: boolean } {
  const at = Math.floor(targetPosition(axisPlacement(targets, placed, axis), voxel[axis] + 0.5));
  const index = Math.min(Math.max(at, 0), Math.max(0, resident.shape[axis] - 1));
  return { index, isThere: at === index };
}

/** Converts origin and step of the geometry to voxels of the scale. */
export function placeOf(
  { axes, origin, step }: ViewGeometry,
  targets: ResidentTargets["targets"],
  placed: PlacedScale,
): { readonly origin: Pair; readonly step: Pair } {
  const along = [axes.horizontal.axis, axes.vertical.axis].map((axis) =>
    axisPlacement(targets, placed, axis),
  );
  const [x, y] = along;
  if (!x || !y) throw new RangeError("a slice has two sides");
  return {
    origin: [targetPosition(x, origin[0]), targetPosition(y, origin[1])],
    step: [(step[0] * x.count) / x.size, (step[1] * y.count) / y.size],
  };
}

export function rowValues(rows: readonly GridRow[]) {
  return rows.map(({ color, channel, inNoRegion }) => ({ color, channel, hatched: inNoRegion ? 1 : 0 }));
}
