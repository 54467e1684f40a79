import type { Rect } from "../../base/rect.ts";
import type { Convention, Plane, Triple } from "../../domain/geometry/grid.ts";
import type { GridRow } from "../shared/grid-view.ts";

/** Which of the open cases is drawn: the case itself, or what it is compared with. */
export type SourceIndex = 0 | 1;

/** Targets to draw, or to compare with. */
export interface PaneTargets {
  readonly source: SourceIndex;
  readonly scale: number;
}

/** One slice on the canvas. */
export interface SlicePane {
  readonly rect: Rect;
  readonly plane: Plane;
  /** Along the plane's slice axis, at full size; null for the slice through the crosshair. */
  readonly slice: number | null;
  readonly targets: PaneTargets;
  /** Stripes where shown regions hold in one and not in the other; null for none. */
  readonly against: PaneTargets | null;
  /** 1 fits the whole slice into the pane. */
  readonly zoom: number;
  /** How far the slice is moved right and down from the pane's centre, in mm. */
  readonly panMm: readonly [number, number];
}

/** How a region is drawn over the image. */
export interface Layer extends GridRow {
  /** Opacities, 0..1. */
  readonly fill: number;
  readonly stripe: number;
  readonly outline: number;
}

/** How voxels of one palette entry are tinted, instead of by the layers. */
export type EntryTint = Pick<Layer, "color" | "fill" | "stripe">;

/** What all panes have in common. */
export interface PanesView {
  readonly convention: Convention;
  /** The crosshair, in full-size voxels. */
  readonly voxel: Triple;
  readonly crosshair: boolean;
  /** Grey values of the image, in its own unit. */
  readonly window: { readonly level: number; readonly width: number };
  /** Thickness of outlines in CSS px. */
  readonly outlinePx: number;
}

/** Everything that is drawn of slices, in CSS px of the canvas. */
export interface PanesScene {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly devicePixelRatio: number;
  readonly panes: readonly SlicePane[];
  /** The last is on top. */
  readonly layers: readonly Layer[];
  /** One a palette entry of the case itself: its voxels are tinted by label. Null or none: by layers. */
  readonly tints?: readonly EntryTint[] | null;
  readonly view: PanesView;
}
