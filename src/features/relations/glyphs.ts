/**
 * Glyphs of the relations, as filled rectangles in a box of side 12; the matrix and the legend share them.
 */
import type { Relation } from "../../domain/dataset/relations.ts";

/** x, y, width, height. */
export type Box = readonly [number, number, number, number];

interface Glyph {
  readonly boxes: readonly Box[];
  /**
   * CSS custom property of the colour. The cell's background is named after it, so that small cells still
   * show the pattern.
   */
  readonly token: string;
}

export const GLYPH_SIDE = 12;

/**
 * The filled part is the row's region: around the column's (contains), in its middle (inside), or partly over
 * it (overlaps). Two bars form an equals sign; a dot means nothing in common.
 */
export const GLYPHS: Readonly<Record<Relation, Glyph>> = {
  identical: { boxes: [...[4, 7].map((y): Box => [2, y - 0.5, 8, 2])], token: "--relation-identical" },
  contains: { boxes: frame(1, 1, 10, 3), token: "--relation-contains" },
  inside: { boxes: [...frame(1, 1, 10, 1), [4, 4, 4, 4]], token: "--relation-inside" },
  overlaps: { boxes: [...frame(1, 1, 6.5, 1), [5, 5, 6, 6]], token: "--relation-overlaps" },
  disjoint: { boxes: [[5.25, 5.25, 1.5, 1.5]], token: "--relation-disjoint" },
};

/** A square ring. */
function frame(x: number, y: number, side: number, thick: number): Box[] {
  const inner = side - 2 * thick;
  return [
    [x, y, side, thick],
    [x, y + side - thick, side, thick],
    [x, y + thick, thick, inner],
    [x + side - thick, y + thick, thick, inner],
  ];
}
