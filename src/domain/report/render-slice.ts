/**
 * Draws one mask on one slice at one scale with plain loops, for pages without a GPU such as the printable
 * report. Each pixel copies the voxel under its centre, so the scale's voxels have visible edges.
 *
 * Pairs are [horizontal, vertical] on the screen.
 */

import type { Rgb } from "../../base/oklab.ts";
import type { Pair } from "../../base/pair.ts";
import {
  type Grid,
  type Plane,
  type PlaneAxis,
  planeAxes,
  sameGrid,
  spacingMm,
  type Triple,
  voxelFromWorld,
  worldFromVoxel,
} from "../geometry/grid.ts";
import { strideOf } from "../geometry/transpose.ts";
import type { AxisTables } from "../targets/deep-supervision.ts";
import type { ImageVolume } from "../volume/image-volume.ts";

/** A part of a slice in continuous full-size voxels: voxel i covers [i, i + 1). */
export interface SliceCrop {
  /** Lowest indices, regardless of the screen direction of the axes. */
  readonly first: Pair;
  readonly size: Pair;
}

export interface SliceScene {
  readonly grid: Grid;
  readonly plane: Plane;
  /** Full-size voxel that the slice passes through. */
  readonly voxel: Triple;
  readonly crop: SliceCrop;
  /** Source indices of the scale. */
  readonly tables: AxisTables;
  /** True if the mask contains a full-size voxel, given by its index in C order. */
  readonly holds: (index: number) => boolean;
  readonly color: Rgb;
  /** Grey value 0..1 of a full-size voxel, NaN without an image ({@link greyLookup}). */
  readonly grey: (voxel: Triple) => number;
  /** Draws a thin line along the mask's full-size edge, for comparison. */
  readonly showFullSize: boolean;
  /** Length of the longer side. */
  readonly longSidePx: number;
}

export interface RenderedSlice {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row from the top left. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

const FILL = 0.42;
const LINE_PX = 2;
/** Background inside the volume without an image. */
const GROUND: Rgb = [0.17, 0.19, 0.23];
/** Fill for a collapsed scale, which has no voxels to show. */
const NOTHING: Rgb = [0.93, 0.94, 0.95];
const FULL_SIZE_LINE: Rgb = [1, 1, 1];
const FULL_SIZE_ALPHA = 0.6;

export function renderSlice(scene: SliceScene): RenderedSlice {
  const { grid, tables, color } = scene;
  const axes = planeAxes(grid, scene.plane);
  const [width, height] = pictureSize(scene);
  const across = lineOf(scene, axes.horizontal, 0, width);
  const down = lineOf(scene, axes.vertical, 1, height);
  const pixels = new Uint8ClampedArray(width * height * 4);
  if (tables.some((table) => table.length === 0)) {
    for (let i = 0; i < width * height; i++) blend(pixels, i, NOTHING, 1);
    return { width, height, pixels };
  }
  const greys = greyPixels(scene, across, down);
  const member = maskPixels(scene, across, down, tables);
  const full = scene.showFullSize ? maskPixels(scene, across, down, null) : null;
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const grey = (greys[i] ?? Number.NaN) * 255;
      if (Number.isNaN(grey)) blend(pixels, i, GROUND, 1);
      else pixels.fill(grey, 4 * i, 4 * i + 3);
      pixels[4 * i + 3] = 255;
      if (member[i]) blend(pixels, i, color, isEdge(member, width, height, x, y, LINE_PX) ? 1 : FILL);
      if (full?.[i] && isEdge(full, width, height, x, y, 1))
        blend(pixels, i, FULL_SIZE_LINE, FULL_SIZE_ALPHA);
    }
  return { width, height, pixels };
}

/**
 * Reads an image at the voxels of `grid` and maps a window of values to black..white. On another grid it goes
 * through both affines and takes the nearest voxel.
 */
export function greyLookup(
  image: ImageVolume | null,
  grid: Grid,
  { level, width }: { readonly level: number; readonly width: number },
): (voxel: Triple) => number {
  if (!image) return () => Number.NaN;
  const { shape } = image.grid;
  const [dz, dy] = strideOf(shape);
  const same = sameGrid(image.grid, grid);
  return (voxel) => {
    const at = same ? voxel : voxelFromWorld(image.grid, worldFromVoxel(grid, voxel));
    const [z, y, x] = [Math.round(at[0]), Math.round(at[1]), Math.round(at[2])];
    // Negated, so that NaN counts as outside.
    if (!(z >= 0 && y >= 0 && x >= 0 && z < shape[0] && y < shape[1] && x < shape[2])) return Number.NaN;
    const value = image.data[z * dz + y * dy + x] ?? Number.NaN;
    return Math.min(1, Math.max(0, (value - (level - width / 2)) / width));
  };
}

/** Smallest share of the slice's longer side that a crop shows. */
const MIN_SHARE = 0.35;
/** Size of the crop relative to its subject. */
const MARGIN = 1.4;

/**
 * A crop around a box of full-size voxels (both ends inclusive), square in mm where the slice allows. It
 * shows small subjects with their surroundings.
 */
export function cropAround(grid: Grid, plane: Plane, first: Triple, last: Triple): SliceCrop {
  const axes = planeAxes(grid, plane);
  const spacing = spacingMm(grid);
  const sides = [axes.horizontal.axis, axes.vertical.axis] as const;
  const mm = sides.map((axis) => spacing[axis] || 1) as [number, number];
  const sliceMm = sides.map((axis, side) => grid.shape[axis] * (mm[side] ?? 1));
  const boxMm = sides.map((axis, side) => (last[axis] - first[axis] + 1) * (mm[side] ?? 1));
  const sideMm = Math.max(MARGIN * Math.max(...boxMm), MIN_SHARE * Math.max(...sliceMm));
  const along = (side: 0 | 1) => {
    const axis = sides[side];
    const size = Math.min(grid.shape[axis], Math.ceil(sideMm / mm[side]));
    const start = Math.round((first[axis] + last[axis] + 1 - size) / 2);
    return { first: Math.max(0, Math.min(grid.shape[axis] - size, start)), size };
  };
  const [h, v] = [along(0), along(1)];
  return { first: [h.first, v.first], size: [h.size, v.size] };
}

/** Width and height of a crop, in mm. */
export function cropMm(grid: Grid, plane: Plane, { size }: SliceCrop): Pair {
  const axes = planeAxes(grid, plane);
  const spacing = spacingMm(grid);
  return [size[0] * spacing[axes.horizontal.axis], size[1] * spacing[axes.vertical.axis]];
}

function pictureSize({ grid, plane, crop, longSidePx }: SliceScene): Pair {
  const [widthMm, heightMm] = cropMm(grid, plane, crop);
  const pxPerMm = longSidePx / Math.max(widthMm, heightMm);
  const px = (mm: number) => Math.max(1, Math.round(mm * pxPerMm));
  return [px(widthMm), px(heightMm)];
}

/** The voxels under each pixel of a row or column. */
interface Line {
  readonly axis: 0 | 1 | 2;
  /** Full-size voxel. */
  readonly voxels: Int32Array;
  /** The full-size voxel that the scale's voxel copies. */
  readonly copied: Int32Array;
}

function lineOf(
  { grid, crop, tables }: SliceScene,
  { axis, direction }: PlaneAxis,
  side: 0 | 1,
  px: number,
): Line {
  const n = grid.shape[axis];
  const table = tables[axis];
  const voxels = new Int32Array(px);
  const copied = new Int32Array(px);
  for (let i = 0; i < px; i++) {
    const share = (i + 0.5) / px;
    const at = crop.first[side] + crop.size[side] * (direction === 1 ? share : 1 - share);
    voxels[i] = Math.min(n - 1, Math.max(0, Math.floor(at)));
    copied[i] = table[Math.min(table.length - 1, Math.max(0, Math.floor((at * table.length) / n)))] ?? 0;
  }
  return { axis, voxels, copied };
}

function greyPixels({ grey, voxel }: SliceScene, across: Line, down: Line): Float32Array {
  const width = across.voxels.length;
  const greys = new Float32Array(width * down.voxels.length);
  const at: [number, number, number] = [...voxel];
  for (let y = 0; y < down.voxels.length; y++) {
    if (y > 0 && down.voxels[y] === down.voxels[y - 1]) {
      greys.copyWithin(y * width, (y - 1) * width, y * width);
      continue;
    }
    at[down.axis] = down.voxels[y] ?? 0;
    for (let x = 0; x < width; x++) {
      at[across.axis] = across.voxels[x] ?? 0;
      greys[y * width + x] = grey(at);
    }
  }
  return greys;
}

/** 1 inside the mask at the scale; at full size without tables. */
function maskPixels(scene: SliceScene, across: Line, down: Line, tables: AxisTables | null): Uint8Array {
  const { grid, plane, voxel, holds } = scene;
  const strides = strideOf(grid.shape);
  const { axis } = planeAxes(grid, plane).slice;
  const slice = tables
    ? (tables[axis][sliceIndex(voxel[axis], grid.shape[axis], tables[axis].length)] ?? 0)
    : voxel[axis];
  const [columns, rows] = tables ? [across.copied, down.copied] : [across.voxels, down.voxels];
  const width = columns.length;
  const member = new Uint8Array(width * rows.length);
  for (let y = 0; y < rows.length; y++) {
    if (y > 0 && rows[y] === rows[y - 1]) {
      member.copyWithin(y * width, (y - 1) * width, y * width);
      continue;
    }
    const from = slice * strides[axis] + (rows[y] ?? 0) * strides[down.axis];
    for (let x = 0; x < width; x++) {
      member[y * width + x] = holds(from + (columns[x] ?? 0) * strides[across.axis]) ? 1 : 0;
    }
  }
  return member;
}

/** The slice, at a scale with nScale slices, that contains a full-size slice. */
function sliceIndex(index: number, n: number, nScale: number): number {
  return Math.min(nScale - 1, Math.floor(((index + 0.5) * nScale) / n));
}

/** True if the mask ends within `reach` pixels; beyond the picture's own edge it is unknown. */
function isEdge(
  member: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
  reach: number,
): boolean {
  const i = y * width + x;
  for (let d = 1; d <= reach; d++) {
    if (x >= d && !member[i - d]) return true;
    if (x + d < width && !member[i + d]) return true;
    if (y >= d && !member[i - d * width]) return true;
    if (y + d < height && !member[i + d * width]) return true;
  }
  return false;
}

/** Blends a colour over pixel i. */
function blend(pixels: Uint8ClampedArray, i: number, color: Rgb, alpha: number): void {
  for (const part of [0, 1, 2] as const) {
    const under = pixels[4 * i + part] ?? 0;
    pixels[4 * i + part] = under + (color[part] * 255 - under) * alpha;
  }
  pixels[4 * i + 3] = 255;
}
