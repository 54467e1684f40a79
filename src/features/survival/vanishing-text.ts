/** Words of the grid's tiles about what vanishes, and the room that they need. */
import { formatCount } from "../../base/format-numbers.ts";
import type { Presence } from "../../domain/analysis/scale-status.ts";
import type { WordSizes } from "./vanishing-overlay.ts";

/**
 * Of a region without a voxel at a scale: "vanishes at scale 3" at the first such scale, "gone since scale 3"
 * after it. A region can come back at a coarser scale: then it vanishes a second time.
 */
export function goneText(presence: readonly Presence[], scale: number): string {
  let first = scale;
  while (first > 0 && presence[first - 1] === "vanished") first--;
  return first === scale ? `vanishes at scale ${scale}` : `gone since scale ${first}`;
}

/** One line where there is room for it, else two. */
export function markLines(scale: number, tileWidthPx: number): readonly string[] {
  const line = `vanishes at scale ${scale}`;
  return widthOf([line]) <= tileWidthPx - 2 * EDGE_PX ? [line] : ["vanishes", `at scale ${scale}`];
}

/** "and 31 more" */
export function moreText(more: number, atLeast: boolean): string {
  return `and ${atLeast ? "at least " : ""}${formatCount(more)} more`;
}

/** From the edge of a tile. */
const EDGE_PX = 1;
const LINE_PX = 13;
/** As wide as such words become in the wider ones of the system's fonts, at 11 px. */
const LETTER_PX = 6;
const PADDING_PX = 8;

const widthOf = (lines: readonly string[]) =>
  Math.max(...lines.map((line) => line.length)) * LETTER_PX + PADDING_PX;

export const MARK_WORDS: WordSizes = {
  of: (scale, tileWidthPx) => {
    const lines = markLines(scale, tileWidthPx);
    return [widthOf(lines), lines.length * LINE_PX + 2];
  },
  // "vanishes at scale 3" of the region itself takes two lines in a narrow tile.
  bottomPx: (tileWidthPx) => (tileWidthPx < 140 ? 36 : 22),
  // Under the letter at the top.
  more: (atLeast) => ({ x: 0, y: 15, width: atLeast ? 132 : 88, height: 18 }),
  // As grid.css places them: at the left and right above the middle, at the top beside it.
  letters: ([width, height]) => [
    { x: 0, y: height / 2 - 16, width: 15, height: 14 },
    { x: width - 15, y: height / 2 - 16, width: 15, height: 14 },
    { x: width / 2 + 4, y: 2, width: 12, height: 14 },
  ],
};
