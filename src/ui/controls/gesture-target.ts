/** Interface for what dragging, the wheel and touch do over an image. */
import type { Tool } from "../../state/slices/view-slice.ts";

export type Gesture = Tool;

/** CSS px from the element's top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GestureTarget {
  /** Effect of dragging with the primary button. */
  tool(): Gesture;
  /** A drag began at a point. */
  begin?(gesture: Gesture, at: Point): void;
  /** The drag moved to a point, by dx and dy px. */
  drag(gesture: Gesture, at: Point, dx: number, dy: number): void;
  /** The drag ended at a point. */
  end?(gesture: Gesture, at: Point): void;
  /** The pointer hovers over a point; null when it leaves. */
  hover(at: Point | null): void;
  /** Steps by whole slices; positive towards S, A, R. */
  step(slices: number, at: Point): void;
  zoom(at: Point, factor: number): void;
  /** Wheel with Shift. */
  scroll?(dyPx: number): void;
  doubleClick(at: Point): void;
}
