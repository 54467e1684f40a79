/**
 * Draws the grid by plain loops: the oracle for `shaders/grid/grid.wgsl`. Slow, and as literal as possible.
 */

import type { Rgb } from "../../base/oklab.ts";
import type { Pair } from "../../base/pair.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { strideOf } from "../../domain/geometry/transpose.ts";
import {
  axisPlacement,
  type PlacedScale,
  type PlacedTargets,
  targetPosition,
} from "../../domain/targets/placed-targets.ts";
import { type PoolingRule, targetCells } from "../../domain/targets/pooling.ts";
import { downsample, maskOf } from "../../domain/targets/reference.ts";
import { poolWords } from "../../domain/testing/pool-words.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import {
  BEYOND_PATCH,
  CROSSHAIR_ALPHA,
  CROSSHAIR_COLOR,
  GAP_COLOR,
  GROUND_COLOR,
  HATCH_COLOR,
  OUTSIDE_COLOR,
  PATCH_COLOR,
} from "../shared/grid-colors.ts";
import type { GridLayout } from "../shared/grid-layout.ts";
import type { GridRow, GridView, LabelColors } from "../shared/grid-view.ts";
import { type ViewGeometry, viewGeometry } from "../shared/view-geometry.ts";

export interface GridScene {
  readonly source: Source;
  /** Null for masks. */
  readonly table: RegionTable | null;
  /** One column per scale. */
  readonly targets: PlacedTargets;
  /** Replaces sampling. */
  readonly pooling?: PoolingRule;
  /** Image values on the source's grid; NaN without an image. */
  readonly image: ArrayLike<number> | null;
  readonly rows: readonly GridRow[];
  readonly layout: GridLayout;
  readonly view: GridView;
  /** One bit per palette entry to hatch. */
  readonly hatchBits?: Uint32Array;
  /** Fill colours that replace the regions'. */
  readonly labels?: LabelColors;
}

export interface GridPicture {
  readonly width: number;
  readonly height: number;
  /** RGB, 0..255, not rounded; row by row from the top left. */
  readonly pixels: Float64Array;
  /** 1 if the pixel's voxel is in the row's region. */
  readonly member: Uint8Array;
}

/** Draws the whole canvas. */
export function drawGrid(scene: GridScene): GridPicture {
  const { layout, rows, targets } = scene;
  const grid = sourceGrid(scene.source);
  const geometry = viewGeometry(grid, layout, scene.view);
  const width = Math.round(layout.widthPx * layout.devicePixelRatio);
  const height = Math.round(layout.heightPx * layout.devicePixelRatio);
  const pixels = new Float64Array(width * height * 3);
  const member = new Uint8Array(width * height);
  const put = (index: number, color: Rgb) =>
    pixels.set(
      color.map((c) => c * 255),
      index * 3,
    );
  for (let i = 0; i < width * height; i++) put(i, GAP_COLOR);

  rows.forEach((row, r) => {
    const mask = maskOf(scene.source, scene.table, row.channel);
    targets.scales.forEach((placed, c) => {
      const tile = { geometry, placed, mask: shrink(scene, mask, placed), shape: grid.shape };
      const left = Math.ceil(c * geometry.cellPx[0] - 0.5);
      const top = Math.ceil(r * geometry.cellPx[1] - 0.5) - geometry.scrollTopPx;
      for (let j = 0; j < geometry.tilePx[1]; j++)
        for (let i = 0; i < geometry.tilePx[0]; i++) {
          if (left + i >= width || top + j < 0 || top + j >= height) continue;
          const index = (top + j) * width + left + i;
          const canvasPx: Pair = [left + i + 0.5, top + j + 0.5];
          const drawn = drawPixel(scene, tile, row, [i, j], canvasPx);
          put(index, drawn.color);
          member[index] = drawn.member ? 1 : 0;
        }
    });
  });
  return { width, height, pixels, member };
}

interface Tile {
  readonly geometry: ViewGeometry;
  readonly placed: PlacedScale;
  readonly mask: Uint8Array;
  readonly shape: Triple;
}

/** Samples or pools a channel at one scale. */
function shrink(
  { targets, pooling }: GridScene,
  mask: Uint8Array,
  { scale, tables }: PlacedScale,
): Uint8Array {
  const { shape, patch, mode } = targets;
  if (!pooling) return downsample(mask, shape, tables);
  const [cells] = targetCells(shape, patch, [scale], mode);
  return cells
    ? Uint8Array.from(poolWords(Uint32Array.from(mask), shape, cells, pooling))
    : new Uint8Array(0);
}

function drawPixel(
  scene: GridScene,
  tile: Tile,
  row: GridRow,
  px: Pair,
  canvasPx: Pair,
): { color: Rgb; member: boolean } {
  const { view } = scene;
  const { geometry, shape, placed } = tile;
  const sides = [geometry.axes.horizontal.axis, geometry.axes.vertical.axis] as const;
  const at = sides.map(
    (_, side) => (geometry.origin[side] ?? 0) + (geometry.step[side] ?? 0) * ((px[side] ?? 0) + 0.5),
  );
  const outside = sides.some((axis, side) => !((at[side] ?? 0) >= 0 && (at[side] ?? 0) < shape[axis]));
  if (outside || placed.shape.includes(0)) return { color: OUTSIDE_COLOR, member: false };

  const full = [...view.voxel] as [number, number, number];
  sides.forEach((axis, side) => {
    full[axis] = Math.floor(at[side] ?? 0);
  });
  const center = view.voxel.map((i) => i + 0.5);
  sides.forEach((axis, side) => {
    center[axis] = at[side] ?? 0;
  });
  let color = greyAt(scene, shape, center);

  const slice = geometry.axes.slice.axis;
  const along = (axis: 0 | 1 | 2, at: number) =>
    targetPosition(axisPlacement(scene.targets, placed, axis), at);
  const cell = [0, 0, 0] as [number, number, number];
  cell[slice] = Math.floor(along(slice, view.voxel[slice] + 0.5));
  const position = sides.map((axis, side) => along(axis, at[side] ?? 0));
  sides.forEach((axis, side) => {
    cell[axis] = Math.floor(position[side] ?? 0);
  });
  const { inside } = scene.targets;
  const beyond = (reach: Pair) =>
    full.some((_, axis) => {
      const side = sides.indexOf(axis as 0 | 1 | 2);
      const low = inside.first[axis] ?? 0;
      const high = low + (inside.shape[axis] ?? 0);
      if (side < 0) return (full[axis] ?? 0) < low || (full[axis] ?? 0) >= high;
      const here = at[side] ?? 0;
      return here < low - (reach[side] ?? 0) || here >= high + (reach[side] ?? 0);
    });
  const isBeyond = beyond([0, 0]);
  const member = !isBeyond && holds(tile.mask, placed.shape, cell);
  if (member) {
    const edge = sides.some((axis, side) => {
      const within = (position[side] ?? 0) - cell[axis];
      const { count, size } = axisPlacement(scene.targets, placed, axis);
      const reach = (Math.abs(geometry.step[side] ?? 0) * geometry.linePx * count) / size;
      const ends = (offset: number) => {
        const next = [...cell] as [number, number, number];
        next[axis] += offset;
        return !holds(tile.mask, placed.shape, next);
      };
      return (within < reach && ends(-1)) || (1 - within < reach && ends(1));
    });
    const outlined = view.outline && edge;
    const fill = labelColorAt(scene, placed, cell) ?? row.color;
    const opacity = row.inNoRegion ? (isStripe(canvasPx, geometry) ? STRIPE_OPACITY : 0) : view.fillOpacity;
    color = outlined ? row.color : mix(color, fill, opacity);
  }

  if (isHatched(scene, shape, full)) {
    if (isStripe(canvasPx, geometry)) color = HATCH_COLOR;
  }

  if (isBeyond) {
    const line: Pair = [
      Math.abs(geometry.step[0]) * geometry.linePx,
      Math.abs(geometry.step[1]) * geometry.linePx,
    ];
    color = beyond(line) ? mix([0, 0, 0], color, BEYOND_PATCH) : PATCH_COLOR;
  }

  const past = geometry.crosshairPx.map((line, side) => (px[side] ?? 0) + 0.5 - line);
  const isFar = past.some((at) => Math.abs(at - geometry.linePx / 2) >= geometry.crosshairGapPx);
  const onLine = isFar && past.some((at) => at >= 0 && at < geometry.linePx);
  if (view.crosshair && onLine) color = mix(color, CROSSHAIR_COLOR, CROSSHAIR_ALPHA);
  return { color, member };
}

/**
 * Colour of the label of a voxel of a scale; null when colouring by region, or for a label without a colour.
 */
function labelColorAt(
  { source, labels, pooling }: GridScene,
  { tables }: PlacedScale,
  cell: Triple,
): Rgb | null {
  if (!labels || pooling || source.kind !== "labels") return null;
  const { indices, grid } = source.volume;
  const strides = strideOf(grid.shape);
  const voxel = tables.reduce((sum, table, axis) => {
    return sum + (table[cell[axis] ?? 0] ?? 0) * (strides[axis] ?? 0);
  }, 0);
  return labels[indices[voxel] ?? 0] ?? null;
}

/** Period of the stripes, in line widths. */
const HATCH_LINES = 5;
/** Of a hatched row. */
const STRIPE_OPACITY = 0.8;

function isStripe([x, y]: Pair, { linePx }: ViewGeometry): boolean {
  const along = (x + y) / (HATCH_LINES * linePx);
  return along - Math.floor(along) < 0.5;
}

function isHatched({ source, hatchBits }: GridScene, shape: Triple, voxel: Triple): boolean {
  if (!hatchBits || source.kind !== "labels") return false;
  const strides = strideOf(shape);
  const entry = source.volume.indices[voxel[0] * strides[0] + voxel[1] * strides[1] + voxel[2]] ?? 0;
  return (((hatchBits[entry >>> 5] ?? 0) >>> (entry & 31)) & 1) === 1;
}

/** @param position continuous in voxels; voxel i covers [i, i + 1) */
export function greyAt(
  {
    image,
    view,
  }: { readonly image: GridScene["image"]; readonly view: Pick<GridView, "window" | "interpolated"> },
  shape: Triple,
  position: readonly number[],
): Rgb {
  const imageValue = (voxel: readonly number[]) => {
    const index = voxel.reduce((sum, i, axis) => sum * (shape[axis] ?? 1) + i, 0);
    return image?.[index] ?? Number.NaN;
  };
  const own = imageValue(position.map(Math.floor));
  if (Number.isNaN(own)) return GROUND_COLOR;
  const value = view.interpolated ? interpolate(imageValue, shape, position) : own;
  const { level, width } = view.window;
  const grey = Math.min(1, Math.max(0, (value - (level - width / 2)) / width));
  return [grey, grey, grey];
}

/**
 * Weighs the voxels around a position by their distance along each axis; those without a value do not count.
 */
function interpolate(
  imageValue: (voxel: readonly number[]) => number,
  shape: Triple,
  position: readonly number[],
): number {
  let [sum, weights] = [0, 0];
  for (const dz of [0, 1])
    for (const dy of [0, 1])
      for (const dx of [0, 1]) {
        const steps = [dz, dy, dx];
        const at = position.map((x, axis) => Math.min(Math.max(x - 0.5, 0), (shape[axis] ?? 1) - 1));
        const voxel = at.map((x, axis) =>
          Math.min(Math.floor(x) + (steps[axis] ?? 0), (shape[axis] ?? 1) - 1),
        );
        const part = at.map((x) => x - Math.floor(x));
        const weight = part.reduce((all, f, axis) => all * (steps[axis] === 1 ? f : 1 - f), 1);
        const value = imageValue(voxel);
        if (Number.isNaN(value)) continue;
        sum += weight * value;
        weights += weight;
      }
  return sum / weights;
}

/** Checks whether a mask contains a voxel; false outside its shape. */
export function holds(mask: Uint8Array, shape: Triple, cell: Triple): boolean {
  if (cell.some((i, axis) => i < 0 || i >= (shape[axis] ?? 0))) return false;
  const strides = strideOf(shape);
  return mask[cell[0] * strides[0] + cell[1] * strides[1] + cell[2]] === 1;
}

export function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}
