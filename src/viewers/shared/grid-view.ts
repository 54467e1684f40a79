import type { Convention, Plane, Triple } from "../../domain/geometry/grid.ts";

/** One visible region. */
export interface GridRow {
  readonly channel: number;
  /** sRGB, 0..1. */
  readonly color: readonly [number, number, number];
}

/** A colour per palette entry, sRGB, 0..1; voxels of entries without one keep their region's. */
export type LabelColors = readonly (GridRow["color"] | null)[];

/** What all tiles have in common. */
export interface GridView {
  readonly plane: Plane;
  /** Which side of the patient is on the left of the screen. */
  readonly convention: Convention;
  /** The crosshair, in full-resolution voxels; its component along the slice axis picks the slice. */
  readonly voxel: Triple;
  /** 1 fits the whole slice into a tile. */
  readonly zoom: number;
  /** How far the slice is moved right and down from the tile's centre, in mm. */
  readonly panMm: readonly [number, number];
  /** Grey values of the image, in its own unit (HU for CT). */
  readonly window: { readonly level: number; readonly width: number };
  /** 0..1 */
  readonly fillOpacity: number;
  readonly outline: boolean;
  readonly crosshair: boolean;
  /** The same picture from palette indices and the region table, or from the words. */
  readonly drawFrom: "label-first" | "bit-packed";
}
