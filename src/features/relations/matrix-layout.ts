/** Computes the sizes of the matrix's cells, and which rows and columns have names. */
import type { ElementSize } from "../../ui/controls/use-element-size.ts";

/** Cells of a matrix that is fitted to its place grow up to `fittedMost`. */
export const CELL_PX = { least: 4, most: 40, fittedMost: 36 } as const;
/** Distance from which names of 12 px do not touch. */
const NAME_PX = 14;
const LETTER_PX = 7;

/**
 * Side of a cell in CSS px; "named" fits the matrix but leaves room for every name, "whole" shows all of it.
 */
export type CellSize = number | "named" | "whole";

export interface MatrixLayout {
  readonly cellPx: number;
  /** Width of the row names; `headPx` is the height of the column names. */
  readonly gutterPx: number;
  readonly headPx: number;
  /** The number of rows per name: 1 names all. */
  readonly every: number;
}

export function matrixLayout(names: readonly string[], size: ElementSize, cell: CellSize): MatrixLayout {
  const longest = names.reduce((most, name) => Math.max(most, name.length), 4) * LETTER_PX;
  const gutterPx = Math.round(Math.min(longest + 32, 190, size.width * 0.28));
  const headPx = Math.round(Math.min(longest + 14, 150, size.height / (cell === "whole" ? 4 : 3)));
  const side = Math.min(size.width - gutterPx, size.height - headPx) / Math.max(1, names.length);
  const least = cell === "named" ? NAME_PX : CELL_PX.least;
  const fitted = Math.min(Math.max(Math.floor(side), least), CELL_PX.fittedMost);
  const cellPx = typeof cell === "number" ? cell : fitted;
  return { cellPx, gutterPx, headPx, every: Math.ceil(NAME_PX / cellPx) };
}

/**
 * Whether a row or column shows its name: every n-th does, except beside a marked one, which always does.
 *
 * @param marked rows or columns
 */
export function isNamed(at: number, marked: ReadonlySet<number>, { cellPx, every }: MatrixLayout): boolean {
  if (every === 1 || marked.has(at)) return true;
  return at % every === 0 && [...marked].every((other) => Math.abs(other - at) * cellPx >= NAME_PX);
}
