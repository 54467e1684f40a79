/**
 * Which slices of the open case hold each label or mask; `src/features/case/slice-occupancy-sync.ts` computes
 * it once per case.
 */
import type { RegionSlices } from "../../domain/analysis/region-slices.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";

export interface SliceOccupancySlice {
  /** With the volume it belongs to; null until the first result. */
  readonly sliceOccupancy: { readonly source: Source; readonly slices: RegionSlices } | null;
}

export const DEFAULTS: SliceOccupancySlice = {
  sliceOccupancy: null,
};
