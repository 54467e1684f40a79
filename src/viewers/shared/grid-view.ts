/** Declares what the grid shows. */
import type { Convention, Plane, Triple } from "../../domain/geometry/grid.ts";

/** One visible region. */
export interface GridRow {
  readonly channel: number;
  /** sRGB, 0..1. */
  readonly color: readonly [number, number, number];
  /** True for labels in no region, which are hatched instead of filled. */
  readonly inNoRegion?: boolean;
}

/** One colour per palette entry, sRGB, 0..1; voxels of entries without a colour keep their region's. */
export type LabelColors = readonly (GridRow["color"] | null)[];

/** Settings shared by all tiles. */
export interface GridView {
  readonly plane: Plane;
  /** Which side of the patient is on the left of the screen. */
  readonly convention: Convention;
  /** Crosshair, in full-resolution voxels; its coordinate along the slice axis selects the slice. */
  readonly voxel: Triple;
  /** 1 fits the whole slice into a tile. */
  readonly zoom: number;
  /** Offset of the slice to the right and down from the tile's centre, in mm. */
  readonly panMm: readonly [number, number];
  /** Grey values of the image, in its own unit (HU for CT). */
  readonly window: { readonly level: number; readonly width: number };
  /**
   * Draws the image interpolated between the centres of its voxels; regions always have the shape of voxels.
   */
  readonly interpolated: boolean;
  /** 0..1 */
  readonly fillOpacity: number;
  readonly outline: boolean;
  readonly crosshair: boolean;
  /**
   * What the picture is drawn from, which makes no difference to it: palette indices with the region table,
   * or words.
   */
  readonly drawFrom: "label-first" | "bit-packed";
}
