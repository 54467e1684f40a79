/** Joins canvases, which are there at once, to the drawing of rulers, whose script comes later. */
import type { GestureTarget, Point } from "../../ui/controls/gesture-target.ts";

/** Points are CSS px of the canvas. */
export interface RulerPointer {
  begin(at: Point): void;
  drag(at: Point): void;
  end(at: Point): void;
  /** A second finger came: it was no line. */
  cancel(): void;
}

export const rulerPointer: { current: RulerPointer | null } = { current: null };

/**
 * A canvas on which rulers are drawn while that is the tool; all else goes to `target`, and all does until
 * rulers are there.
 */
export function withRulers(target: GestureTarget): GestureTarget {
  return {
    ...target,
    tool: () => {
      const tool = target.tool();
      return tool === "ruler" && !rulerPointer.current ? "crosshair" : tool;
    },
    begin: (gesture, at) => {
      if (gesture === "ruler") rulerPointer.current?.begin(at);
      target.begin?.(gesture, at);
    },
    drag: (gesture, at, dx, dy) => {
      if (gesture === "pan") rulerPointer.current?.cancel();
      if (gesture === "ruler") rulerPointer.current?.drag(at);
      else target.drag(gesture, at, dx, dy);
    },
    end: (gesture, at) => {
      if (gesture === "ruler") rulerPointer.current?.end(at);
      target.end?.(gesture, at);
    },
  };
}
