/** The 3D view of the regions. */
export interface View3dSlice {
  /** While it is dragged it may be drawn coarser. */
  readonly interacting: boolean;
}

export const DEFAULTS: View3dSlice = { interacting: false };
