/** Text in the grid's tiles about what vanishes, and the space that it needs. */
import { formatCount } from "../../base/format-numbers.ts";
import type { ScaleStatus } from "../../domain/analysis/scale-status.ts";
import type { CaptionMetrics } from "./vanishing-overlay.ts";

/**
 * Text for a region without voxels at a scale: "vanishes at scale 3" at the first such scale, "vanished at
 * scale 3" at later ones. A region can reappear at a coarser scale and then vanish a second time.
 */
export function goneText(scaleStatus: readonly ScaleStatus[], scale: number): string {
  let first = scale;
  while (first > 0 && scaleStatus[first - 1] === "vanished") first--;
  return first === scale ? `vanishes at scale ${scale}` : `vanished at scale ${first}`;
}

/** Uses one line if it fits, otherwise two. */
export function captionLines(scale: number, tileWidthPx: number): readonly string[] {
  const line = `vanishes at scale ${scale}`;
  return widthOf([line]) <= tileWidthPx - 2 * EDGE_PX ? [line] : ["vanishes", `at scale ${scale}`];
}

/** Returns, for example, "and 31 more". */
export function moreText(more: number, atLeast: boolean): string {
  return `and ${atLeast ? "at least " : ""}${formatCount(more)} more`;
}

/** Distance from the edge of a tile. */
const EDGE_PX = 1;
const LINE_PX = 13;
/** Width of a character of this text at 11 px in the wider system fonts. */
const LETTER_PX = 6;
const PADDING_PX = 8;

const widthOf = (lines: readonly string[]) =>
  Math.max(...lines.map((line) => line.length)) * LETTER_PX + PADDING_PX;

export const CAPTION_METRICS: CaptionMetrics = {
  of: (scale, tileWidthPx) => {
    const lines = captionLines(scale, tileWidthPx);
    return [widthOf(lines), lines.length * LINE_PX + 2];
  },
  // The region's own "vanishes at scale 3" takes two lines in a narrow tile.
  bottomPx: (tileWidthPx) => (tileWidthPx < 140 ? 36 : 22),
  // Below the letter at the top.
  more: (atLeast) => ({ x: 0, y: 15, width: atLeast ? 132 : 88, height: 18 }),
  // Same positions as in grid.css: left and right just above the middle, top just beside it.
  letters: ([width, height]) => [
    { x: 0, y: height / 2 - 16, width: 15, height: 14 },
    { x: width - 15, y: height / 2 - 16, width: 15, height: 14 },
    { x: width / 2 + 4, y: 2, width: 12, height: 14 },
  ],
};
