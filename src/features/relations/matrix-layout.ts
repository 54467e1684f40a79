/** Computes the sizes of the matrix's cells and names. */
import type { ElementSize } from "../../ui/controls/use-element-size.ts";

export const CELL_PX = { least: 8, most: 28, fittedMost: 24 } as const;
/** Below this cell size, row names would touch even in the small font; only the marked ones are shown. */
const NAMES_FROM_PX = 10;
const FULL_NAMES_FROM_PX = 12;
/** Small enough for names not to touch. */
const SMALL_NAME_PX = 9.5;
const LETTER_PX = 6.4;

export interface MatrixLayout {
  readonly cellPx: number;
  /** Width of the row names; `headPx` is the height of the column names. */
  readonly gutterPx: number;
  readonly headPx: number;
  readonly allNames: boolean;
  /** Font size of the names; null for the default. */
  readonly fontPx: number | null;
}

/** @param cellPx chosen side of a cell; null fits the matrix into `size` */
export function matrixLayout(
  names: readonly string[],
  size: ElementSize,
  cellPx: number | null,
): MatrixLayout {
  const longest = names.reduce((most, name) => Math.max(most, name.length), 4) * LETTER_PX;
  const gutterPx = Math.round(Math.min(longest + 32, 168, size.width / 3));
  const headPx = Math.round(Math.min(longest + 14, 132, size.height / 3));
  const side = Math.min(size.width - gutterPx, size.height - headPx) / Math.max(1, names.length);
  const fitted = Math.min(Math.max(Math.floor(side), CELL_PX.least), CELL_PX.fittedMost);
  const chosen = cellPx ?? fitted;
  return {
    cellPx: chosen,
    gutterPx,
    headPx,
    allNames: chosen >= NAMES_FROM_PX,
    fontPx: chosen >= NAMES_FROM_PX && chosen < FULL_NAMES_FROM_PX ? SMALL_NAME_PX : null,
  };
}
