/** Draws the visible cells of the matrix on a canvas. */
import type { Relation, Relations } from "../../domain/dataset/relations.ts";
import { type Box, GLYPH_SIDE, GLYPHS } from "./glyphs.ts";

interface MatrixPicture {
  readonly relations: Relations;
  /** Channels in the order of the rows and columns. */
  readonly order: readonly number[];
  /** Hex colours of the regions by channel, for the diagonal. */
  readonly hexes: readonly string[];
  readonly cellPx: number;
  /** Position of the canvas on the whole matrix, in CSS px. */
  readonly leftPx: number;
  readonly topPx: number;
}

/** @param context scaled so that one unit is one CSS px */
export function drawMatrix(
  context: CanvasRenderingContext2D,
  widthPx: number,
  heightPx: number,
  { relations, order, hexes, cellPx, leftPx, topPx }: MatrixPicture,
): void {
  const colorOf = stylesheetColors(context.canvas);
  context.clearRect(0, 0, widthPx, heightPx);
  const firstColumn = Math.floor(leftPx / cellPx);
  const firstRow = Math.floor(topPx / cellPx);
  for (let row = firstRow; row < order.length && row * cellPx - topPx < heightPx; row++) {
    const a = order[row] ?? 0;
    const y = row * cellPx - topPx;
    for (let column = firstColumn; column < order.length && column * cellPx - leftPx < widthPx; column++) {
      const b = order[column] ?? 0;
      const x = column * cellPx - leftPx;
      if (a === b) drawSelf(context, x, y, cellPx, hexes[a] ?? "", colorOf);
      else drawCell(context, x, y, cellPx, relations.relation(a, b), colorOf);
    }
  }
}

type ColorOf = (token: string) => string;

/** Reads colours of the theme, each once. */
function stylesheetColors(canvas: HTMLCanvasElement): ColorOf {
  const style = getComputedStyle(canvas);
  const known = new Map<string, string>();
  return (token) => {
    const color = known.get(token) ?? style.getPropertyValue(token);
    known.set(token, color);
    return color;
  };
}

function drawSelf(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  side: number,
  hex: string,
  colorOf: ColorOf,
): void {
  context.fillStyle = hex;
  context.fillRect(x + 1, y + 1, side - 3, side - 3);
  context.strokeStyle = colorOf("--edge");
  context.strokeRect(x + 1.5, y + 1.5, side - 4, side - 4);
}

function drawCell(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  side: number,
  relation: Relation,
  colorOf: ColorOf,
): void {
  const { boxes, token } = GLYPHS[relation];
  context.fillStyle = colorOf(`${token}-ground`);
  context.fillRect(x, y, side - 1, side - 1);
  // Glyphs stop growing with the cell at a size that is easy to read.
  const glyphPx = Math.min(side - 1, 16);
  const unit = glyphPx / GLYPH_SIDE;
  const inset = (side - 1 - glyphPx) / 2;
  context.fillStyle = colorOf(token);
  for (const box of boxes) drawBox(context, x + inset, y + inset, unit, box);
}

function drawBox(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  unit: number,
  [left, top, width, height]: Box,
): void {
  context.fillRect(x + left * unit, y + top * unit, width * unit, height * unit);
}
