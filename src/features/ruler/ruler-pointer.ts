/** Connects canvases, which exist from the start, to ruler drawing, whose script loads later. */
import type { GestureTarget, Point } from "../../ui/controls/gesture-target.ts";

/** Points are CSS px of the canvas. */
export interface RulerPointer {
  begin(at: Point): void;
  drag(at: Point): void;
  end(at: Point): void;
  /** A second finger touched down, so this is not a ruler. */
  cancel(): void;
}

export const rulerPointer: { current: RulerPointer | null } = { current: null };

/**
 * Wraps a canvas's gestures so that rulers are drawn while the ruler is the tool. Other gestures, and all
 * gestures until the ruler's script has loaded, go to `target`.
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
