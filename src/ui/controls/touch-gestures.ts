/** Touch gestures over images. */
import type { Gesture, GestureTarget, Point } from "./gesture-target.ts";

/**
 * A finger that moves less than this is tapping, or is one of two about to pinch; neither may drag anything.
 */
const TAP_PX = 4;

/** Receives a drag, whatever device makes it. */
interface Holding {
  hold(gesture: Gesture, at: Point): void;
  drag(at: Point): void;
  letGo(at: Point): void;
}

/**
 * Tracks the fingers on an element: one drags or taps, two pan and pinch, and one left over from two does
 * nothing more.
 */
export class TouchGestures {
  readonly #target: GestureTarget;
  readonly #holding: Holding;
  readonly #points = new Map<number, Point>();
  /** Effect of a single finger once it moves or is lifted. */
  #waiting: { readonly gesture: Gesture; readonly at: Point } | null = null;
  #several = false;

  constructor(target: GestureTarget, holding: Holding) {
    this.#target = target;
    this.#holding = holding;
  }

  down(id: number, at: Point, gesture: Gesture): void {
    if (this.#points.size === 0) this.#several = false;
    const before = this.#middle;
    this.#points.set(id, at);
    const middle = this.#middle;
    if (!middle) {
      // A finger left over from two waits for another.
      if (!this.#several) this.#waiting = { gesture, at };
    } else if (!before) {
      this.#waiting = null;
      if (!this.#several) this.#holding.letGo(at);
      this.#several = true;
      this.#holding.hold("pan", middle.at);
    }
  }

  move(id: number, at: Point): void {
    const before = this.#middle;
    if (!this.#points.has(id)) return;
    this.#points.set(id, at);
    const after = this.#middle;
    if (before && after) {
      this.#holding.drag(after.at);
      if (before.spread > 0 && after.spread > 0) this.#target.zoom(after.at, after.spread / before.spread);
      return;
    }
    if (this.#several) return;
    const waiting = this.#waiting;
    if (waiting) {
      if (Math.hypot(at.x - waiting.at.x, at.y - waiting.at.y) < TAP_PX) return;
      this.#waiting = null;
      this.#holding.hold(waiting.gesture, waiting.at);
    }
    this.#holding.drag(at);
  }

  /** @param lifted false if the browser cancelled the touch */
  up(id: number, lifted: boolean): void {
    const at = this.#middle?.at ?? this.#points.get(id);
    if (!this.#points.delete(id) || !at) return;
    if (this.#waiting && lifted) this.#holding.hold(this.#waiting.gesture, this.#waiting.at);
    this.#waiting = null;
    const middle = this.#middle;
    if (middle) {
      // One of three was lifted, so the centre is now between the other two.
      this.#holding.letGo(at);
      this.#holding.hold("pan", middle.at);
    } else this.#holding.letGo(at);
  }

  get #middle(): ReturnType<typeof middleOf> {
    return middleOf(this.#points);
  }
}

/** Returns the midpoint of two fingers and their distance. */
function middleOf(
  touches: ReadonlyMap<number, Point>,
): { readonly at: Point; readonly spread: number } | null {
  const [a, b] = [...touches.values()];
  if (!a || !b) return null;
  return { at: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, spread: Math.hypot(a.x - b.x, a.y - b.y) };
}
