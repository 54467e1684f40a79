/** The 3D view of the regions. */
import type { SolidCamera } from "../../domain/geometry/camera.ts";
import type { Plane } from "../../domain/geometry/grid.ts";

/**
 * What slices take away on the viewer's side: nothing, all that lies before one plane, or the octant before
 * all three.
 */
export type SolidCutName = "none" | "octant" | Plane;

export interface SolidSlice {
  /** Null for what the view begins with: the whole case from the front. */
  readonly camera: SolidCamera | null;
  readonly solidCut: SolidCutName;
  /** While it is dragged it may be drawn coarser. */
  readonly turning: boolean;
}

export const DEFAULTS: SolidSlice = {
  camera: null,
  solidCut: "none",
  turning: false,
};
