/** The layout of the grid, and points in it. */
import type { Triple } from "../../domain/geometry/grid.ts";

/** Layout of the tiles on the canvas, in CSS pixels; headers are DOM elements outside it. */
export interface GridLayout {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly devicePixelRatio: number;
  readonly columnWidthPx: number;
  readonly rowHeightPx: number;
  readonly gapPx: number;
  /** Height of the strip below each picture, which has the text of its tile; 0 if missing. */
  readonly captionPx?: number;
  readonly scrollTopPx: number;
}

/** The tile and voxel under a point of the grid. */
export interface GridHit {
  readonly row: number;
  readonly column: number;
  /** Full-resolution voxel on the current slice. */
  readonly voxel: Triple;
}
