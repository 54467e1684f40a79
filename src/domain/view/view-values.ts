/** Types and limits of the values in a view. */
import type { Plane, Triple } from "../geometry/grid.ts";

/** Grey values: `level` is drawn mid-grey, `width` spans black to white. */
export interface WindowLevel {
  readonly level: number;
  readonly width: number;
}

/** Least width of a grey window. */
export const MIN_WINDOW = 1e-6;

export const PLANES: readonly Plane[] = ["axial", "coronal", "sagittal"];

/** The views in the middle of the page. */
export type ViewName = "grid" | "planes" | "lightbox" | "compare" | "round-trip" | "relations" | "survival";

/** What is left of regions at the scales, or after resampling. */
export type SurvivalPart = "scales" | "resampling";

/** A pane of the Planes view. */
export type PaneName = Plane | "solid";

/** Unit of colouring: voxels have the colour of their region, or of their label within the shown regions. */
export type ColorBy = "region" | "label";

/** Another scale, the other sampling, another dataset.json, or another label file. */
export type CompareKind = "scale" | "mode" | "definition" | "file";

/** Order of the rows of a comparison: that of the list, or by Dice. */
export type RowOrder = "list" | "lowest" | "highest";

/** Which rows of a comparison are listed. */
export type RowFilter = "all" | "differ" | "only-a" | "only-b";

export const ROW_FILTERS: readonly RowFilter[] = ["all", "differ", "only-a", "only-b"];

/**
 * A file that a link or saved view compares with. Neither can contain it, so the page asks for it by name.
 */
export interface AwaitedFile {
  readonly kind: Extract<CompareKind, "definition" | "file">;
  readonly name: string;
}

/**
 * The part of 3D that is clipped on the viewer's side: nothing, everything in front of one plane, or the
 * octant in front of all three.
 */
export type ClipMode = "none" | "octant" | Plane;

/** How a region is drawn over the image. */
export type RegionDrawing = "both" | "fill" | "outline" | "hatch";

export const DRAWINGS: readonly RegionDrawing[] = ["both", "fill", "outline", "hatch"];

export interface RegionStyle {
  readonly drawing: RegionDrawing;
  /** 0..1, for everything drawn of the region. */
  readonly opacity: number;
}

export const DEFAULT_STYLE: RegionStyle = { drawing: "both", opacity: 1 };
/** Nobody takes hatched labels in no region for one more region. */
const NO_REGION_STYLE: RegionStyle = { drawing: "hatch", opacity: 1 };

/** How a region, or the labels in no region, are drawn until someone changes it. */
export function usualStyle(inNoRegion: boolean): RegionStyle {
  return inNoRegion ? NO_REGION_STYLE : DEFAULT_STYLE;
}

export const MIN_ZOOM = 1;
export const MAX_ZOOM = 40;

/** The voxels of the file, or those that nnU-Net trains on. */
export type GridKind = "trained" | "stored";

/** Zoom, shared by all planes, and the pan of each in mm. */
export interface PlanesView {
  readonly zoom: number;
  readonly pans: Readonly<Record<Plane, readonly [number, number]>>;
}

export const WHOLE_PLANES: PlanesView = {
  zoom: 1,
  pans: { axial: [0, 0], coronal: [0, 0], sagittal: [0, 0] },
};

/** Minimum fraction of width or height for each pane. */
export const MIN_PART = 0.15;

export const MAX_OUTLINE_PX = 6;

export interface PatchSettings {
  readonly on: boolean;
  /** Null uses the plans' size. */
  readonly size: Triple | null;
  /** Null centres it in the case. */
  readonly origin: Triple | null;
}
