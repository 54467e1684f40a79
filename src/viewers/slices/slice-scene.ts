/** Declares what slice panes show. */
import type { Rect } from "../../base/rect.ts";
import type { Convention, Plane, Triple } from "../../domain/geometry/grid.ts";
import type { GridRow } from "../shared/grid-view.ts";

/** Side A or B of a comparison: the open case, or what it is compared with. Other views show side A. */
export type SideIndex = 0 | 1;

/** Targets to draw, or to compare with. */
export interface SliceTargets {
  readonly side: SideIndex;
  readonly scale: number;
}

/** One slice on the canvas. */
export interface SlicePane {
  readonly rect: Rect;
  readonly plane: Plane;
  /** Index along the plane's slice axis, at full size; null for the slice through the crosshair. */
  readonly slice: number | null;
  readonly targets: SliceTargets;
  /** Draws stripes where shown regions differ from these targets; null for none. */
  readonly against: SliceTargets | null;
  /** 1 fits the whole slice into the pane. */
  readonly zoom: number;
  /** Offset of the slice to the right and down from the pane's centre, in mm. */
  readonly panMm: readonly [number, number];
}

/** Drawing style of a region over the image. */
export interface Layer extends GridRow {
  /** Opacities, 0..1. */
  readonly fill: number;
  readonly stripe: number;
  readonly outline: number;
}

/** Tint of the voxels of one palette entry, which replaces the layers' tints. */
export type EntryStyle = Pick<Layer, "color" | "fill" | "stripe">;

/** Settings shared by all panes. */
export interface SliceView {
  readonly convention: Convention;
  /** Crosshair, in full-size voxels. */
  readonly voxel: Triple;
  readonly crosshair: boolean;
  /** Grey values of the image, in its own unit. */
  readonly window: { readonly level: number; readonly width: number };
  /** Draws the image interpolated between the centres of its voxels. */
  readonly interpolated: boolean;
  /** Thickness of outlines in CSS px. */
  readonly outlinePx: number;
}

/** Everything to draw of slices, in CSS px of the canvas. */
export interface SliceScene {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly devicePixelRatio: number;
  readonly panes: readonly SlicePane[];
  /** The last layer is on top. */
  readonly layers: readonly Layer[];
  /** Tints by label, one per palette entry of the case itself; null or missing to tint by layers. */
  readonly stylesByEntry?: readonly EntryStyle[] | null;
  readonly view: SliceView;
}
