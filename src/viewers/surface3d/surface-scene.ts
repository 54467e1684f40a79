/** What the 3D view is asked to show. Plain data. */

import type { SolidCamera } from "../../domain/geometry/camera.ts";
import type { Triple } from "../../domain/geometry/grid.ts";

/** sRGB, 0..1. */
export type Rgb = readonly [number, number, number];

/** One region; of several that hold a voxel the last of the list is seen. */
export interface SolidLayer {
  readonly channel: number;
  readonly color: Rgb;
}

/**
 * Which side of the crosshair's voxel is taken away along an array axis: `below` and `above` go by the index,
 * `facing` is the one nearer to the viewer. The voxel's own slice stays.
 */
type CutSide = "none" | "facing" | "below" | "above";

/**
 * One for each array axis. What all of them that are not `none` take away is taken away: a half, a quarter,
 * an octant.
 */
export type SolidCut = readonly [CutSide, CutSide, CutSide];

export interface SolidView {
  readonly layers: readonly SolidLayer[];
  /**
   * Colours of palette entries, which voxels are drawn in instead of their region's; null or none: by region.
   */
  readonly entryColors?: readonly Rgb[] | null;
  /** Index of the deep-supervision scale. */
  readonly scale: number;
  readonly camera: SolidCamera;
  readonly cut: SolidCut;
  /** The crosshair, at full size. */
  readonly voxel: Triple;
  readonly background: Rgb;
  /** Of the pane, in device px. */
  readonly sizePx: readonly [number, number];
  /** While the view is being dragged it may be drawn coarser. */
  readonly moving: boolean;
}
