/** Values that a view is made of, and their limits. */
import type { Plane, Triple } from "../geometry/grid.ts";

/** Grey values: `level` is drawn mid-grey, `width` spans black to white. */
export interface WindowLevel {
  readonly level: number;
  readonly width: number;
}

export const PLANES: readonly Plane[] = ["axial", "coronal", "sagittal"];

/** What fills the middle of the page. */
export type ViewName = "grid" | "planes" | "lightbox" | "compare" | "round-trip" | "relations" | "survival";

/** A pane of the Planes layout. */
export type PaneName = Plane | "solid";

/** What is tinted alike: voxels of one region, or of one label within the shown regions. */
export type ColorBy = "region" | "label";

/** Another scale, the other sampling, another dataset.json, or another label file. */
export type CompareKind = "scale" | "mode" | "definition" | "file";

/** A file that a link or a saved view compared with: neither can hold it, so it is asked for by name. */
export interface AwaitedFile {
  readonly kind: Extract<CompareKind, "definition" | "file">;
  readonly name: string;
}

/**
 * What slices take away on the viewer's side: nothing, all that lies before one plane, or the octant before
 * all three.
 */
export type ClipMode = "none" | "octant" | Plane;

/** How a region is drawn over the image. */
export type RegionDrawing = "both" | "fill" | "outline" | "hatch";

export const DRAWINGS: readonly RegionDrawing[] = ["both", "fill", "outline", "hatch"];

export interface RegionStyle {
  readonly drawing: RegionDrawing;
  /** 0..1, of everything that is drawn of the region. */
  readonly opacity: number;
}

export const DEFAULT_STYLE: RegionStyle = { drawing: "both", opacity: 1 };

export const MIN_ZOOM = 1;
export const MAX_ZOOM = 40;

/** Zoom, the same for all planes, and where each is panned to in mm. */
export interface PlanesView {
  readonly zoom: number;
  readonly pans: Readonly<Record<Plane, readonly [number, number]>>;
}

export const WHOLE_PLANES: PlanesView = {
  zoom: 1,
  pans: { axial: [0, 0], coronal: [0, 0], sagittal: [0, 0] },
};

/** Of the room, for each pane. */
export const MIN_PART = 0.15;

export const MAX_OUTLINE_PX = 6;

export interface PatchSettings {
  readonly on: boolean;
  /** Null takes the plans'. */
  readonly size: Triple | null;
  /** Null puts it in the middle of the case. */
  readonly origin: Triple | null;
}
