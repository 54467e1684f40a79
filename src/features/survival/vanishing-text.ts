/** Text of the marks over the grid's tiles, and the space that it needs. */
import { formatCount } from "../../base/format-numbers.ts";
import type { CaptionMetrics } from "./vanishing-overlay.ts";

/** Text of a mark in the tile of the first scale where its component has no voxel. */
export function markText(tileWidthPx: number): string {
  return tileWidthPx < 100 ? "no voxel" : "no voxel here";
}

/** Returns, for example, "and 31 more". */
export function moreText(more: number, atLeast: boolean): string {
  return `and ${atLeast ? "at least " : ""}${formatCount(more)} more`;
}

const LINE_PX = 13;
/** Width of a character of this text at 11 px in the wider system fonts. */
const LETTER_PX = 6;
const PADDING_PX = 8;

export const CAPTION_METRICS: CaptionMetrics = {
  of: (tileWidthPx) => [markText(tileWidthPx).length * LETTER_PX + PADDING_PX, LINE_PX + 2],
  // Below the letter at the top.
  more: (atLeast) => ({ x: 0, y: 15, width: atLeast ? 132 : 88, height: 18 }),
  // Same positions as in grid.css: left and right just above the middle, the others just beside it.
  letters: ([width, height]) => [
    { x: 0, y: height / 2 - 16, width: 15, height: 14 },
    { x: width - 15, y: height / 2 - 16, width: 15, height: 14 },
    { x: width / 2 + 4, y: 2, width: 12, height: 14 },
    { x: width / 2 - 17, y: height - 15, width: 12, height: 14 },
  ],
};
