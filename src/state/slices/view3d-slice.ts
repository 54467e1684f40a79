/** The 3D view of the regions. */
export interface SolidSlice {
  /** While it is dragged it may be drawn coarser. */
  readonly turning: boolean;
}

export const DEFAULTS: SolidSlice = { turning: false };
