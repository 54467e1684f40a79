/** Hook for a canvas of panes: applies the layout and handles pointer, wheel and touch. */
import { type RefCallback, useCallback, useEffect, useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import type { SliceLayout } from "../../app/commands/slice-commands.ts";
import { hovered } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { dragWindow } from "../../ui/controls/drag-window.ts";
import type { GestureTarget, Point } from "../../ui/controls/gesture-target.ts";
import { listenToGestures } from "../../ui/controls/gestures.ts";
import { withRulers } from "../ruler/ruler-pointer.ts";

/** @param onPane called when a pane is pressed or double clicked */
export function useSliceCanvas(
  layout: SliceLayout | null,
  onPane: (pane: number, how: "press" | "double") => void,
): RefCallback<HTMLCanvasElement> {
  const { sliceViews } = useCommands();
  const pressed = useRef(onPane);
  useEffect(() => {
    pressed.current = onPane;
  }, [onPane]);
  useEffect(() => {
    if (layout) sliceViews.setLayout(layout);
  }, [sliceViews, layout]);

  return useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (!canvas) return undefined;
      const detach = sliceViews.attach(canvas);
      /** The pane in which a drag began; the drag stays with it wherever the pointer moves. */
      let held = -1;
      const paneAt = ({ x, y }: Point) => sliceViews.hit(x, y)?.pane ?? -1;
      const hover = (at: Point | null) => {
        const { hover: before } = useStore.getState();
        const hit = at && sliceViews.hit(at.x, at.y);
        if (!hit?.voxel) {
          if (before) hovered(null);
        } else if (!before?.voxel.every((n, axis) => n === hit.voxel?.[axis])) {
          hovered({ voxel: hit.voxel, row: -1, column: hit.pane });
        }
      };
      const target: GestureTarget = {
        tool: () => {
          const { tool } = useStore.getState();
          return tool === "patch" ? "crosshair" : tool;
        },
        begin: (gesture, at) => {
          held = paneAt(at);
          if (held >= 0) pressed.current(held, "press");
          if (gesture === "crosshair") sliceViews.moveCrosshairTo(at.x, at.y);
        },
        drag: (gesture, at, dx, dy) => {
          if (gesture === "pan") sliceViews.panBy(held >= 0 ? held : paneAt(at), dx, dy);
          else if (gesture === "window") dragWindow(dx, dy);
          else if (paneAt(at) === held) sliceViews.moveCrosshairTo(at.x, at.y);
        },
        hover,
        step: (slices, at) => sliceViews.stepSlice(paneAt(at), slices),
        zoom: ({ x, y }, factor) => sliceViews.zoomAt(x, y, factor),
        doubleClick: (at) => pressed.current(paneAt(at), "double"),
      };
      const stop = listenToGestures(canvas, withRulers(target));
      return () => {
        stop();
        detach();
      };
    },
    [sliceViews],
  );
}
