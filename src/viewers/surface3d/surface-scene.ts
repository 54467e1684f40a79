/** Declares what the 3D view shows, as plain data. */

import type { Rgb } from "../../base/oklab.ts";
import type { Camera } from "../../domain/geometry/camera.ts";
import type { Triple } from "../../domain/geometry/grid.ts";

/** One region; if several contain a voxel, the last in the list is visible. */
export interface SurfaceLayer {
  readonly channel: number;
  readonly color: Rgb;
  /** 0..1; 1 if missing. */
  readonly opacity?: number;
}

/**
 * Side of the crosshair's voxel that is clipped along an array axis: `below` and `above` by index, `facing`
 * the one nearer to the viewer. The voxel's own slice stays.
 */
type ClipSide = "none" | "facing" | "below" | "above";

/**
 * One side per array axis. The intersection of all sides that are not `none` is clipped: a half, a quarter or
 * an octant.
 */
export type Clip = readonly [ClipSide, ClipSide, ClipSide];

export interface SurfaceView {
  readonly layers: readonly SurfaceLayer[];
  /** Colours of palette entries, which replace those of regions; null or missing to colour by region. */
  readonly entryColors?: readonly Rgb[] | null;
  /** Index of the deep-supervision scale. */
  readonly scale: number;
  readonly camera: Camera;
  readonly clip: Clip;
  /** Crosshair, at full size. */
  readonly voxel: Triple;
  readonly background: Rgb;
  /** Size of the pane, in device px. */
  readonly sizePx: readonly [number, number];
  /** The view is being dragged and may be drawn coarser. */
  readonly interacting: boolean;
}
