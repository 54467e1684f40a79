/** Turns pointer, wheel and touch events over images into gestures, the same way everywhere. */
import type { Gesture, GestureTarget, Point } from "./gesture-target.ts";
import { TouchGestures } from "./touch-gestures.ts";

/** Wheel travel in CSS px that makes one slice; notched wheels send about 100 per notch. */
const SLICE_DRAG_PX = 60;
const LINE_PX = 20;
/** A press that moves farther is a drag, not a click. */
const CLICK_PX = 4;

/**
 * Middle button or Space pans, right button or Alt changes the window, anything else uses the tool. Moving
 * with Shift follows the pointer. Two fingers pan and pinch; one finger does what the primary button does,
 * once it moves or is lifted.
 * @returns a function that stops listening
 */
export function listenToGestures(element: HTMLElement, target: GestureTarget): () => void {
  const listening = new AbortController();
  const on = { signal: listening.signal };
  const at = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  let gesture: Gesture | null = null;
  let last: Point = { x: 0, y: 0 };
  /** Where the last press began, while it may still become a click. */
  let pressed: Point | null = null;
  let spaceDown = false;
  let draggedPx = 0;
  const hold = (next: Gesture, point: Point) => {
    gesture = next;
    last = point;
    pressed = next === "crosshair" ? point : null;
    target.begin?.(next, point);
  };
  const letGo = (point: Point) => {
    if (gesture !== null) target.end?.(gesture, point);
    gesture = null;
  };
  const drag = (point: Point) => {
    if (pressed && Math.hypot(point.x - pressed.x, point.y - pressed.y) > CLICK_PX) pressed = null;
    if (gesture !== null) target.drag(gesture, point, point.x - last.x, point.y - last.y);
    last = point;
  };
  const touches = new TouchGestures(target, { hold, letGo, drag });

  const down = (event: PointerEvent) => {
    element.setPointerCapture(event.pointerId);
    target.hover(null);
    const next = gestureOf(event, target.tool(), spaceDown);
    if (event.pointerType === "touch") touches.down(event.pointerId, at(event), next);
    else hold(next, at(event));
  };
  const move = (event: PointerEvent) => {
    if (event.pointerType === "touch") touches.move(event.pointerId, at(event));
    else if (gesture === null && event.shiftKey && target.follow) target.follow(at(event));
    else if (gesture === null) target.hover(at(event));
    else drag(at(event));
  };
  const up = (event: PointerEvent) => {
    if (event.pointerType === "touch") {
      touches.up(event.pointerId, event.type === "pointerup");
      return;
    }
    letGo(at(event));
    target.hover(at(event));
  };
  // Whoever else uses a click, like picking labels, prevents its default.
  const click = (event: MouseEvent) => {
    if (pressed && !event.defaultPrevented) target.click?.(at(event), event.detail);
    pressed = null;
  };
  const leave = () => {
    if (gesture === null) target.hover(null);
  };
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    const deltaPx = (event.deltaY || event.deltaX) * unit;
    const point = at(event);
    if (event.ctrlKey || event.metaKey) {
      target.zoom(point, Math.exp(-deltaPx / 300));
      target.hover(point);
    } else if (event.shiftKey && target.scroll) {
      target.scroll(deltaPx);
    } else {
      draggedPx += deltaPx;
      const slices = Math.trunc(draggedPx / SLICE_DRAG_PX);
      if (slices === 0) return;
      draggedPx = 0;
      target.step(-slices, point);
      target.hover(point);
    }
  };
  const space = (event: KeyboardEvent) => {
    if (event.code === "Space") spaceDown = event.type === "keydown";
  };

  element.addEventListener("pointerdown", down, on);
  // The middle button would otherwise start Chromium's autoscroll. Preventing its pointerdown would suppress
  // the mouseup, where `watchPresses` prevents pasting.
  element.addEventListener("mousedown", (event) => event.button === 1 && event.preventDefault(), on);
  element.addEventListener("pointermove", move, on);
  element.addEventListener("pointerup", up, on);
  element.addEventListener("pointercancel", up, on);
  element.addEventListener("pointerleave", leave, on);
  element.addEventListener("click", click, on);
  element.addEventListener("wheel", wheel, { ...on, passive: false });
  element.addEventListener("contextmenu", (event) => event.preventDefault(), on);
  element.addEventListener(
    "dblclick",
    (event) => event.defaultPrevented || target.doubleClick(at(event)),
    on,
  );
  window.addEventListener("keydown", space, on);
  window.addEventListener("keyup", space, on);
  return () => listening.abort();
}

function gestureOf(event: PointerEvent, tool: Gesture, spaceDown: boolean): Gesture {
  if (event.button === 1 || spaceDown) return "pan";
  return event.button === 2 || event.altKey ? "window" : tool;
}
