/**
 * What the layouts that show whole slices remember: which scale, where each plane is panned to, how regions
 * are drawn.
 */
import type { Plane } from "../../domain/geometry/grid.ts";

/** A pane of the Planes layout. */
export type PaneName = Plane | "solid";

/** Drawing style of a region over the image. */
export type RegionDrawing = "both" | "fill" | "outline" | "hatch";

export interface RegionStyle {
  readonly drawing: RegionDrawing;
  /** 0..1, of everything that is drawn of the region. */
  readonly opacity: number;
}

export const USUAL_STYLE: RegionStyle = { drawing: "both", opacity: 1 };

/** Zoom, the same for all planes, and where each is panned to in mm. */
export interface PlanesView {
  readonly zoom: number;
  readonly pans: Readonly<Record<Plane, readonly [number, number]>>;
}

export const WHOLE_PLANES: PlanesView = {
  zoom: 1,
  pans: { axial: [0, 0], coronal: [0, 0], sagittal: [0, 0] },
};

export interface PanesSlice {
  /** Index of the deep-supervision scale that planes and 3D show. */
  readonly paneScale: number;
  readonly planes: PlanesView;
  readonly maximised: PaneName | null;
  /** Where the four panes meet, as parts of width and height. */
  readonly split: readonly [number, number];
  /** Stripes where full size has a region and the shown scale has not, or the other way round. */
  readonly showLost: boolean;
  /** Thickness of outlines in CSS px. */
  readonly outlinePx: number;
  /** By name; regions that are not in it are drawn as usual. */
  readonly styles: ReadonlyMap<string, RegionStyle>;
  /** Names of regions drawn over the others, topmost last. */
  readonly raised: readonly string[];
}

/** Of the room, for each pane. */
export const LEAST_PART = 0.15;

export const DEFAULTS: PanesSlice = {
  paneScale: 0,
  planes: WHOLE_PLANES,
  maximised: null,
  split: [0.5, 0.5],
  showLost: false,
  outlinePx: 1,
  styles: new Map(),
  raised: [],
};
