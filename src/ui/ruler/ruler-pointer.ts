/** Joins canvases, which are there at once, to the drawing of rulers, whose script comes later. */
import type { Point } from "../controls/gestures.ts";

/** Points are CSS px of the canvas. */
export interface RulerPointer {
  begin(at: Point): void;
  drag(at: Point): void;
  end(at: Point): void;
  /** A second finger came: it was no line. */
  cancel(): void;
}

export const rulerPointer: { current: RulerPointer | null } = { current: null };
