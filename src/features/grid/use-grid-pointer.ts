/** Pointer and wheel gestures on the grid's canvas. */
import { type RefObject, useEffect } from "react";
import type { Commands } from "../../app/commands/commands.ts";
import { setSliceOptions } from "../../state/actions/slices-actions.ts";
import { hovered, selectRegion, setActiveView, toggleSolo } from "../../state/actions/view-actions.ts";
import { selectRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { dragWindow } from "../../ui/controls/drag-window.ts";
import type { Gesture, GestureTarget, Point } from "../../ui/controls/gesture-target.ts";
import { listenToGestures } from "../../ui/controls/gestures.ts";
import { withRulers } from "../ruler/ruler-pointer.ts";

/**
 * Dragging moves the crosshair, pans or changes the window. The wheel changes the slice; with Ctrl it zooms
 * about the pointer, with Shift it scrolls rows. A double click maximises a tile.
 */
export function useGridPointer(
  canvas: RefObject<HTMLCanvasElement | null>,
  scroller: RefObject<HTMLElement | null>,
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
      begin: point,
      drag: (gesture, at, dx, dy) => {
        if (gesture === "pan") commands.panBy(dx, dy);
        else if (gesture === "window") dragWindow(dx, dy);
        else point(gesture, at);
      },
      hover,
      step: (slices) => commands.stepSlice(slices),
      zoom: ({ x, y }, factor) => commands.zoomAt(x, y, factor),
      scroll: (top) => scroller.current?.scrollBy({ top }),
      doubleClick: ({ x, y }) => {
        const hit = commands.gridHit(x, y);
        if (hit) maximiseTile(hit.row, hit.column);
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
  }, [canvas, scroller, commands]);
}

/**
 * Shows one region at one scale as large as possible, in the Planes view; a double click there restores all
 * planes.
 */
function maximiseTile(row: number, column: number): void {
  const state = useStore.getState();
  const region = selectRows(state)[row];
  if (!region) return;
  selectRegion(region.name);
  if (state.solo !== region.name) toggleSolo(region.name);
  setSliceOptions({ sliceScale: column, maximised: state.view.plane });
  setActiveView("planes");
}
