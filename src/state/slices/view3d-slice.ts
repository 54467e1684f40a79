/** State of the 3D view of the regions. */
export interface View3dSlice {
  /** True while the user drags it, when it may be drawn coarser. */
  readonly interacting: boolean;
}

export const DEFAULTS: View3dSlice = { interacting: false };
