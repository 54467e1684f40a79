/** Hook for a canvas of panes: applies the layout and handles pointer, wheel and touch. */
import { type RefCallback, useCallback, useEffect, useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import type { SliceLayout } from "../../app/commands/slice-commands.ts";
import type { ComparedSide } from "../../domain/analysis/overlap-counts.ts";
import { PictureClicks } from "../../state/actions/picture-clicks.ts";
import { hovered } from "../../state/actions/view-actions.ts";
import { regionsUnder } from "../../state/regions/regions-under.ts";
import { useStore } from "../../state/store.ts";
import { dragWindow } from "../../ui/controls/drag-window.ts";
import type { GestureTarget, Point } from "../../ui/controls/gesture-target.ts";
import { listenToGestures } from "../../ui/controls/gestures.ts";
import { withRulers } from "../ruler/ruler-pointer.ts";

/** Wheel travel with Shift that counts as one notch, in CSS px. */
const NOTCH_PX = 60;

/** What a layout does with its panes, besides what all layouts do. */
interface PaneHandlers {
  readonly onPress?: (pane: number) => void;
  /**
   * Without it, the second click of a double click is another click.
   * @param takeBack undoes what the first click did to crosshair and selection
   */
  readonly onDouble?: (pane: number, takeBack: () => void) => void;
  /** The wheel; positive towards the user. Without it, the wheel changes the slice. */
  readonly onWheel?: (notches: number) => void;
  /** The wheel with Shift. */
  readonly onShiftWheel?: (notches: number) => void;
  /** What side B of a comparison is drawn from. */
  readonly sideB?: ComparedSide | null;
}

export function useSliceCanvas(
  layout: SliceLayout | null,
  handlers: PaneHandlers,
): RefCallback<HTMLCanvasElement> {
  const { sliceViews } = useCommands();
  const latest = useRef({ layout, handlers });
  useEffect(() => {
    latest.current = { layout, handlers };
  });
  useEffect(() => {
    if (layout) sliceViews.setLayout(layout);
  }, [sliceViews, layout]);

  return useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (!canvas) return undefined;
      const detach = sliceViews.attach(canvas);
      const clicks = new PictureClicks();
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
      let scrolledPx = 0;
      const scroll = (dyPx: number) => {
        scrolledPx += dyPx;
        if (Math.abs(scrolledPx) < NOTCH_PX) return;
        latest.current.handlers.onShiftWheel?.(Math.trunc(scrolledPx / NOTCH_PX));
        scrolledPx = 0;
      };
      const target: GestureTarget = {
        tool: () => {
          const { tool } = useStore.getState();
          return tool === "patch" ? "crosshair" : tool;
        },
        begin: (gesture, at) => {
          clicks.press();
          held = paneAt(at);
          if (held >= 0) latest.current.handlers.onPress?.(held);
          if (gesture === "crosshair") sliceViews.moveCrosshairTo(at.x, at.y);
        },
        drag: (gesture, at, dx, dy) => {
          if (gesture === "pan") sliceViews.panBy(held >= 0 ? held : paneAt(at), dx, dy);
          else if (gesture === "window") dragWindow(dx, dy);
          else if (paneAt(at) === held) sliceViews.moveCrosshairTo(at.x, at.y);
        },
        click: (at, count) => {
          const { layout, handlers } = latest.current;
          const hit = sliceViews.hit(at.x, at.y);
          const shown = layout?.panes[hit?.pane ?? -1];
          if (!hit?.voxel || !shown || (count > 1 && handlers.onDouble)) return;
          const { side, scale } = shown.targets;
          const other = side === 1 ? (handlers.sideB ?? null) : null;
          const under = regionsUnder(useStore.getState(), hit.voxel, scale, other);
          const only = layout?.only ?? null;
          clicks.select(at, only === null ? under : under.filter((name) => name === only));
        },
        hover,
        follow: (at) => sliceViews.moveCrosshairTo(at.x, at.y),
        step: (slices, at) => {
          const { onWheel } = latest.current.handlers;
          if (onWheel) onWheel(-slices);
          else sliceViews.stepSlice(paneAt(at), slices);
        },
        zoom: ({ x, y }, factor) => sliceViews.zoomAt(x, y, factor),
        doubleClick: (at) => latest.current.handlers.onDouble?.(paneAt(at), () => clicks.takeBack()),
      };
      const stop = listenToGestures(
        canvas,
        withRulers(latest.current.handlers.onShiftWheel ? { ...target, scroll } : target),
      );
      return () => {
        stop();
        detach();
      };
    },
    [sliceViews],
  );
}
