/** Pointer and wheel gestures on the grid's canvas. */
import { type RefObject, useEffect } from "react";
import type { Commands } from "../../app/commands/commands.ts";
import { placeNow } from "../../state/actions/picture-place.ts";
import { hovered } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { dragWindow } from "../../ui/controls/drag-window.ts";
import type { Gesture, GestureTarget, Point } from "../../ui/controls/gesture-target.ts";
import { listenToGestures } from "../../ui/controls/gestures.ts";
import { withRulers } from "../ruler/ruler-pointer.ts";
import { tileClicks } from "./lazy.tsx";

/**
 * Dragging moves the crosshair, pans or changes the window. A click also selects a region, and moving with
 * Shift moves the crosshair. The wheel changes the slice; with Ctrl it zooms about the pointer, with Shift it
 * scrolls rows. A double click maximises a tile.
 * @param clicked set to the name of the region that a click selects
 */
export function useGridPointer(
  canvas: RefObject<HTMLCanvasElement | null>,
  scroller: RefObject<HTMLElement | null>,
  clicked: RefObject<string | null>,
  commands: Commands,
): void {
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const point = (gesture: Gesture, { x, y }: Point) => {
      if (gesture === "crosshair") commands.moveCrosshairTo(x, y);
      if (gesture === "patch") commands.movePatchTo(x, y);
    };
    const hover = (at: Point | null) => {
      const { hover: before } = useStore.getState();
      const hit = at && commands.gridHit(at.x, at.y);
      const same = hit && before && hit.row === before.row && hit.column === before.column;
      if (same && hit.voxel.every((n, axis) => n === before.voxel[axis])) return;
      if (hit || before) hovered(hit);
    };
    const target: GestureTarget = {
      tool: () => {
        const { tool, patchSettings } = useStore.getState();
        return tool === "patch" && !patchSettings.on ? "crosshair" : tool;
      },
      begin: (gesture, at) => {
        const place = placeNow();
        tileClicks.with((clicks) => clicks.press(place));
        point(gesture, at);
      },
      drag: (gesture, at, dx, dy) => {
        if (gesture === "pan") commands.panBy(dx, dy);
        else if (gesture === "window") dragWindow(dx, dy);
        else point(gesture, at);
      },
      click: (at, count) => {
        const hit = commands.gridHit(at.x, at.y);
        if (!hit || count > 1) return;
        tileClicks.with((clicks) => {
          clicked.current = clicks.click(at, hit);
        });
      },
      hover,
      follow: (at) => point("crosshair", at),
      step: (slices) => commands.stepSlice(slices),
      zoom: ({ x, y }, factor) => commands.zoomAt(x, y, factor),
      scroll: (top) => scroller.current?.scrollBy({ top }),
      doubleClick: ({ x, y }) => {
        const hit = commands.gridHit(x, y);
        if (hit) tileClicks.with((clicks) => clicks.maximise(hit));
      },
    };
    const stop = listenToGestures(element, withRulers(target));
    // Without this, Space would page down in the focused scroller.
    const space = (event: KeyboardEvent) => {
      if (event.code === "Space" && event.target === scroller.current) event.preventDefault();
    };
    window.addEventListener("keydown", space);
    return () => {
      stop();
      window.removeEventListener("keydown", space);
    };
  }, [canvas, scroller, clicked, commands]);
}
