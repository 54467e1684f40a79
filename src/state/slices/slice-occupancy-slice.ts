/**
 * In which slices of the open case each label or mask is: computed once a case, by
 * `src/features/case/slice-occupancy-sync.ts`.
 */
import type { StateCreator } from "zustand";
import type { RegionSlices } from "../../domain/analysis/region-slices.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";

export interface SlicePresenceSlice {
  /** Of which volume it is; null until the first one is known. */
  readonly slicePresence: { readonly source: Source; readonly slices: RegionSlices } | null;

  slicePresenceArrived(source: Source, slices: RegionSlices): void;
}

export const createSlicePresenceSlice: StateCreator<AppState, [], [], SlicePresenceSlice> = (set) => ({
  slicePresence: null,
  slicePresenceArrived: (source, slices) => set({ slicePresence: { source, slices } }),
});
