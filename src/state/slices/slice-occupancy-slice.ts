/**
 * In which slices of the open case each label or mask is: computed once a case, by
 * `src/features/case/slice-occupancy-sync.ts`.
 */
import type { RegionSlices } from "../../domain/analysis/region-slices.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";

export interface SliceOccupancySlice {
  /** Of which volume it is; null until the first one is known. */
  readonly sliceOccupancy: { readonly source: Source; readonly slices: RegionSlices } | null;
}

export const DEFAULTS: SliceOccupancySlice = {
  sliceOccupancy: null,
};
