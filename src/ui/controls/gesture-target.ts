/** What a drag, a wheel or a touch over a picture asks for. */
import type { Tool } from "../../state/slices/view-slice.ts";

export type Gesture = Tool;

/** CSS px from the element's corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GestureTarget {
  /** What the first button drags. */
  tool(): Gesture;
  /** A drag began at a point. */
  begin?(gesture: Gesture, at: Point): void;
  /** It went on to a point, by so many px. */
  drag(gesture: Gesture, at: Point, dx: number, dy: number): void;
  /** It ended at a point. */
  end?(gesture: Gesture, at: Point): void;
  /** The pointer rests on a point; null when it left. */
  hover(at: Point | null): void;
  /** Whole slices; positive towards S, A, R. */
  step(slices: number, at: Point): void;
  zoom(at: Point, factor: number): void;
  /** Wheel with Shift. */
  scroll?(dyPx: number): void;
  doubleClick(at: Point): void;
}
