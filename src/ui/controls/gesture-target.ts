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
  /**
   * The crosshair tool was pressed and released without a drag.
   * @param count 2 for the second click of a double click
   */
  click?(at: Point, count: number): void;
  /** The pointer hovers over a point; null when it leaves. */
  hover(at: Point | null): void;
  /** The pointer moves over a point with Shift held and no button pressed; replaces {@link hover}. */
  follow?(at: Point): void;
  /** Steps by whole slices; positive towards S, A, R. */
  step(slices: number, at: Point): void;
  zoom(at: Point, factor: number): void;
  /** Wheel with Shift. */
  scroll?(dyPx: number): void;
  doubleClick(at: Point): void;
}
