/** Which slices a lightbox shows, and where. Pure. */
import type { Rect } from "../../app/panes-commands.ts";

/** Between tiles, in CSS px. */
export const TILE_GAP_PX = 2;

export interface ShownSlices {
  /** At full size, in the order of the tiles. */
  readonly slices: readonly number[];
  /** Every so many-th is shown. */
  readonly step: number;
}

/**
 * At most so many slices from `first` to `last`, evenly spaced, those at both ends left out alike.
 * @param direction 1 where the next slice has the higher index
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

/** The number of columns that draws `count` slices of this extent largest. */
export function columnsFor(
  count: number,
  room: { readonly width: number; readonly height: number },
  extentMm: readonly [number, number],
): number {
  let [best, columns] = [0, 1];
  for (let c = 1; c <= count; c++) {
    const [width, height] = [room.width / c, room.height / Math.ceil(count / c)];
    const pxPerMm = Math.min((width - TILE_GAP_PX) / extentMm[0], (height - TILE_GAP_PX) / extentMm[1]);
    if (pxPerMm > best) [best, columns] = [pxPerMm, c];
  }
  return columns;
}

/** Tiles that fill the room, row by row. */
export function tileRects(
  count: number,
  columns: number,
  room: { readonly width: number; readonly height: number },
): readonly Rect[] {
  const rows = Math.max(1, Math.ceil(count / columns));
  const edge = (i: number, of: number, px: number) => Math.round((i * (px + TILE_GAP_PX)) / of);
  return Array.from({ length: count }, (_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const [x, y] = [edge(column, columns, room.width), edge(row, rows, room.height)];
    return {
      x,
      y,
      width: Math.max(1, edge(column + 1, columns, room.width) - TILE_GAP_PX - x),
      height: Math.max(1, edge(row + 1, rows, room.height) - TILE_GAP_PX - y),
    };
  });
}
