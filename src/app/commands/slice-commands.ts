import type { Rect } from "../../base/rect.ts";
import type { Plane, Triple } from "../../domain/geometry/grid.ts";
import type { Side } from "../../domain/geometry/orientation.ts";
import type { PaneTargets } from "../../viewers/slices/slice-scene.ts";

export type { PaneTargets } from "../../viewers/slices/slice-scene.ts";

/** A slice that a layout wants drawn; zoom and pan come from the store. */
export interface WantedPane {
  /** In CSS px of the canvas. */
  readonly rect: Rect;
  readonly plane: Plane;
  /** At full size; null for the slice through the crosshair. */
  readonly slice: number | null;
  readonly targets: PaneTargets;
  /** Stripes where it differs from these; null for none. */
  readonly against: PaneTargets | null;
}

export interface PanesLayout {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly devicePixelRatio: number;
  readonly panes: readonly WantedPane[];
  /** Where the 3D view is; null for nowhere. */
  readonly solid: Rect | null;
  /** The one region to draw; all that are shown where there is none. */
  readonly only?: string | null;
}

interface PaneHit {
  /** Index into the layout's panes. */
  readonly pane: number;
  /** Null beside the slice. */
  readonly voxel: Triple | null;
}

/** What the layouts of slices ask of their canvas. Points are CSS px of the canvas. */
export interface PanesCommands {
  /** Gives them a canvas; the returned function takes it away again. */
  attach(canvas: HTMLCanvasElement): () => void;
  setLayout(layout: PanesLayout): void;
  hit(xPx: number, yPx: number): PaneHit | null;
  /** Moves the crosshair to what is under a point. */
  moveCrosshairTo(xPx: number, yPx: number): void;
  panBy(pane: number, dxPx: number, dyPx: number): void;
  zoomAt(xPx: number, yPx: number, factor: number): void;
  /** By whole slices of the pane's plane. */
  stepSlice(pane: number, slices: number): void;
}

/** What the 3D pane asks for. Points are CSS px of the canvas. */
export interface SolidCommands {
  turnBy(dxPx: number, dyPx: number): void;
  panBy(dxPx: number, dyPx: number): void;
  zoomAt(xPx: number, yPx: number, factor: number): void;
  /** The whole case from a side of the patient. */
  lookFrom(side: Side): void;
  /** All shown regions, and no more, from where one looks; nothing where none has a voxel. */
  fitShown(): void;
  /** Moves the crosshair to the surface under a point. */
  pick(xPx: number, yPx: number): Promise<void>;
}
