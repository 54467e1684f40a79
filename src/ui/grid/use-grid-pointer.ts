import { type RefObject, useEffect } from "react";
import type { Commands } from "../../app/commands.ts";
import { useStore } from "../../state/store.ts";

type Gesture = "crosshair" | "pan" | "window" | "patch";

/** Wheel travel that makes one slice, in CSS px; wheels with notches send about 100 a notch. */
const SLICE_TRAVEL_PX = 60;
const LINE_PX = 20;

/**
 * Pointer and wheel over the canvas: drag moves the crosshair, pans or changes the window; wheel goes through
 * slices, with Ctrl zooms about the pointer, with Shift scrolls rows; double click shows the whole slice again.
 */
export function useGridPointer(
  canvas: RefObject<HTMLCanvasElement | null>,
  scroller: RefObject<HTMLElement | null>,
  commands: Commands,
): void {
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const listening = new AbortController();
    const on = { signal: listening.signal };
    const at = (event: MouseEvent) => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    let gesture: Gesture | null = null;
    let last = { x: 0, y: 0 };
    let spaceDown = false;
    let travelPx = 0;

    const hover = (x: number, y: number) => {
      const { hover: before, hovered } = useStore.getState();
      const hit = commands.gridHit(x, y);
      const same = hit && before && hit.row === before.row && hit.column === before.column;
      if (same && hit.voxel.every((n, axis) => n === before.voxel[axis])) return;
      if (hit || before) hovered(hit);
    };

    const down = (event: PointerEvent) => {
      const { tool, patchWish, hovered } = useStore.getState();
      gesture = gestureOf(event, tool === "patch" && !patchWish.on ? "crosshair" : tool, spaceDown);
      last = at(event);
      element.setPointerCapture(event.pointerId);
      hovered(null);
      if (gesture === "crosshair") commands.moveCrosshairTo(last.x, last.y);
      if (gesture === "patch") commands.movePatchTo(last.x, last.y);
      // The middle button would start Chromium's autoscroll.
      if (event.button === 1) event.preventDefault();
    };
    const move = (event: PointerEvent) => {
      const { x, y } = at(event);
      if (gesture === null) hover(x, y);
      else if (gesture === "crosshair") commands.moveCrosshairTo(x, y);
      else if (gesture === "patch") commands.movePatchTo(x, y);
      else if (gesture === "pan") commands.panBy(x - last.x, y - last.y);
      else dragWindow(x - last.x, y - last.y);
      last = { x, y };
    };
    const up = (event: PointerEvent) => {
      gesture = null;
      const { x, y } = at(event);
      hover(x, y);
    };
    const leave = () => {
      if (gesture === null) useStore.getState().hovered(null);
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
      const deltaPx = (event.deltaY || event.deltaX) * unit;
      const { x, y } = at(event);
      if (event.ctrlKey || event.metaKey) {
        commands.zoomAt(x, y, Math.exp(-deltaPx / 300));
        hover(x, y);
      } else if (event.shiftKey) {
        scroller.current?.scrollBy({ top: deltaPx });
      } else {
        travelPx += deltaPx;
        const slices = Math.trunc(travelPx / SLICE_TRAVEL_PX);
        if (slices === 0) return;
        travelPx = 0;
        commands.stepSlice(-slices);
        hover(x, y);
      }
    };
    const space = (event: KeyboardEvent) => {
      if (event.code !== "Space") return;
      spaceDown = event.type === "keydown";
      // The focused scroller would take Space for a page down.
      if (event.target === scroller.current) event.preventDefault();
    };

    element.addEventListener("pointerdown", down, on);
    element.addEventListener("pointermove", move, on);
    element.addEventListener("pointerup", up, on);
    element.addEventListener("pointercancel", up, on);
    element.addEventListener("pointerleave", leave, on);
    element.addEventListener("wheel", wheel, { ...on, passive: false });
    element.addEventListener("contextmenu", (event) => event.preventDefault(), on);
    element.addEventListener("dblclick", () => useStore.getState().resetView(), on);
    window.addEventListener("keydown", space, on);
    window.addEventListener("keyup", space, on);
    return () => listening.abort();
  }, [canvas, scroller, commands]);
}

function gestureOf(event: PointerEvent, tool: Gesture, spaceDown: boolean): Gesture {
  if (event.button === 1 || event.button === 2 || spaceDown) return "pan";
  return event.altKey ? "window" : tool;
}

/** Right widens the window, down raises its level, in proportion to its width. */
function dragWindow(dxPx: number, dyPx: number): void {
  const { view, setWindow } = useStore.getState();
  const { level, width } = view.window;
  setWindow({ level: level + (dyPx * width) / 300, width: width * Math.exp(dxPx / 200) });
}
