/** Computes which slices a lightbox shows, and the rectangles of its tiles. Pure functions. */
import type { Rect } from "../../base/rect.ts";

/** Gap between tiles, in CSS px. */
export const TILE_GAP_PX = 2;

export interface ShownSlices {
  /** Slice indices at full size, in tile order. */
  readonly slices: readonly number[];
  /** Every `step`-th slice is shown. */
  readonly step: number;
}

/**
 * At most `most` evenly spaced slices from `first` to `last`; the remainder is split between both ends.
 * @param direction 1 if the next slice has the higher index
 */
export function slicesOf(first: number, last: number, most: number, direction: 1 | -1): ShownSlices {
  const length = last - first + 1;
  if (length <= 0) return { slices: [], step: 1 };
  const step = Math.ceil(length / Math.max(1, most));
  const count = Math.ceil(length / step);
  const rest = length - 1 - (count - 1) * step;
  const start = first + Math.floor(rest / 2);
  const slices = Array.from({ length: count }, (_, i) => start + i * step);
  return { slices: direction === 1 ? slices : slices.reverse(), step };
}

/** How far tiles can be scrolled, in slices: 0 is where they fit what is shown. */
export interface Scroll {
  readonly at: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Scrolls tiles along their axis: all by the same number of slices, on to its ends, and at least over the
 * slices left out between tiles, where the tile beyond the end shows the last slice.
 * @param of number of slices of the axis
 * @param direction 1 if the next slice has the higher index
 */
export function scrolled(
  { slices, step }: ShownSlices,
  shift: number,
  of: number,
  direction: 1 | -1,
): { readonly shown: ShownSlices; readonly scroll: Scroll } {
  const [first = 0, last = 0] = [slices[0], slices.at(-1)];
  const [before, after] = direction === 1 ? [first, of - 1 - last] : [of - 1 - first, last];
  const [least, most] = [-Math.max(before, step - 1), Math.max(after, step - 1)];
  const at = Math.min(most, Math.max(least, shift));
  const moved = slices.map((slice) => Math.min(of - 1, Math.max(0, slice + at * direction)));
  return { shown: at === 0 ? { slices, step } : { slices: moved, step }, scroll: { at, least, most } };
}

/** The number of columns that draws `count` slices of this extent as large as possible. */
export function columnsFor(
  count: number,
  area: { readonly width: number; readonly height: number },
  extentMm: readonly [number, number],
): number {
  let [best, columns] = [0, 1];
  for (let c = 1; c <= count; c++) {
    const [width, height] = [area.width / c, area.height / Math.ceil(count / c)];
    const pxPerMm = Math.min((width - TILE_GAP_PX) / extentMm[0], (height - TILE_GAP_PX) / extentMm[1]);
    if (pxPerMm > best) [best, columns] = [pxPerMm, c];
  }
  return columns;
}

/**
 * Tiles that fill the area, row by row. All have the same size, so that a mm is as long in each tile as in
 * the scale bar; the gaps take the remainder.
 */
export function tileRects(
  count: number,
  columns: number,
  area: { readonly width: number; readonly height: number },
): readonly Rect[] {
  const rows = Math.max(1, Math.ceil(count / columns));
  const [width, height] = [lengthOf(area.width, columns), lengthOf(area.height, rows)];
  return Array.from({ length: count }, (_, i) => ({
    x: startOf(i % columns, columns, area.width, width),
    y: startOf(Math.floor(i / columns), rows, area.height, height),
    width,
    height,
  }));
}

/** Length of each of `of` tiles in a row, in whole CSS px. */
function lengthOf(px: number, of: number): number {
  return Math.max(1, Math.floor((px - (of - 1) * TILE_GAP_PX) / of));
}

function startOf(i: number, of: number, px: number, length: number): number {
  return of === 1 ? 0 : Math.round((i * (px - length)) / (of - 1));
}
