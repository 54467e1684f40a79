/** State of the 3D view of the regions. */

/** How far the first picture is: its programs are built, its surfaces drawn, and it is on the screen. */
export type View3dStage = "building" | "drawing" | "shown" | "failed";

export interface View3dSlice {
  /** True while the user drags it, when it may be drawn coarser. */
  readonly interacting: boolean;
  readonly view3dStage: View3dStage;
  /** True if it draws transparent regions opaque, because the voxels lie in several GPU buffers. */
  readonly view3dOnlyOpaque: boolean;
}

export const DEFAULTS: View3dSlice = {
  interacting: false,
  view3dStage: "building",
  view3dOnlyOpaque: false,
};
