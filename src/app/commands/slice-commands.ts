/** Commands and layouts of the canvases that show whole slices and the 3D view. */
import type { Rect } from "../../base/rect.ts";
import type { Plane, Triple } from "../../domain/geometry/grid.ts";
import type { Side } from "../../domain/geometry/orientation.ts";
import type { SliceTargets } from "../../viewers/slices/slice-scene.ts";

export type { SliceTargets } from "../../viewers/slices/slice-scene.ts";

/** A slice that a layout wants drawn; zoom and pan come from the store. */
export interface SliceSpec {
  /** In CSS px of the canvas. */
  readonly rect: Rect;
  readonly plane: Plane;
  /** Index at full size; null for the slice through the crosshair. */
  readonly slice: number | null;
  readonly targets: SliceTargets;
  /** Stripes the differences from these targets; null for no stripes. */
  readonly against: SliceTargets | null;
}

export interface SliceLayout {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly devicePixelRatio: number;
  readonly panes: readonly SliceSpec[];
  /** Rectangle of the 3D view; null if there is none. */
  readonly view3d: Rect | null;
  /** The only region to draw; all shown regions if null or undefined. */
  readonly only?: string | null;
}

interface SliceHit {
  /** Index into the layout's panes. */
  readonly pane: number;
  /** Null outside the slice. */
  readonly voxel: Triple | null;
}

/** Commands of the slice layouts to their canvas. Points are CSS px of the canvas. */
export interface SliceCommands {
  /** Attaches a canvas; returns a function that detaches it. */
  attach(canvas: HTMLCanvasElement): () => void;
  setLayout(layout: SliceLayout): void;
  hit(xPx: number, yPx: number): SliceHit | null;
  /** Moves the crosshair to the voxel under a point. */
  moveCrosshairTo(xPx: number, yPx: number): void;
  panBy(pane: number, dxPx: number, dyPx: number): void;
  zoomAt(xPx: number, yPx: number, factor: number): void;
  /** Steps by whole slices of the pane's plane. */
  stepSlice(pane: number, slices: number): void;
}

/** Commands of the 3D pane. Points are CSS px of the canvas. */
export interface View3dCommands {
  turnBy(dxPx: number, dyPx: number): void;
  panBy(dxPx: number, dyPx: number): void;
  zoomAt(xPx: number, yPx: number, factor: number): void;
  /** Shows the whole case from a side of the patient. */
  lookFrom(side: Side): void;
  /** Fits exactly the shown regions from the current direction; does nothing if none has voxels. */
  fitShown(): void;
  /** Moves the crosshair to the surface under a point; resolves to the voxel, or null if there is none. */
  pick(xPx: number, yPx: number): Promise<Triple | null>;
}
