import { create } from "zustand";
import { subscribeWithSelector } from "zustand/middleware";
import type { AppState } from "./app-state.ts";
import { createTimingSlice } from "./slices/benchmark-slice.ts";
import { createCaseSlice } from "./slices/case-slice.ts";
import { createColorSlice } from "./slices/color-slice.ts";
import { createCompareSlice } from "./slices/compare-slice.ts";
import { createEditSlice } from "./slices/edit-slice.ts";
import { createGpuSlice } from "./slices/gpu-slice.ts";
import { createHistorySlice } from "./slices/history-slice.ts";
import { createLabelMapSlice } from "./slices/label-map-slice.ts";
import { createLightboxSlice } from "./slices/lightbox-slice.ts";
import { createRegionListSlice } from "./slices/region-list-slice.ts";
import { createRulerSlice } from "./slices/ruler-slice.ts";
import { createSlicePresenceSlice } from "./slices/slice-occupancy-slice.ts";
import { createPanesSlice } from "./slices/slices-slice.ts";
import { createSurvivalSlice } from "./slices/survival-slice.ts";
import { createViewSlice } from "./slices/view-slice.ts";
import { createSolidSlice } from "./slices/view3d-slice.ts";

export type { AppState } from "./app-state.ts";

/** The page's one store. The interface reads it by hook; `start.ts` joins it to GPU and viewers. */
export const useStore = create<AppState>()(
  subscribeWithSelector((...api) => ({
    ...createCaseSlice(...api),
    ...createEditSlice(...api),
    ...createGpuSlice(...api),
    ...createViewSlice(...api),
    ...createColorSlice(...api),
    ...createPanesSlice(...api),
    ...createLightboxSlice(...api),
    ...createCompareSlice(...api),
    ...createSolidSlice(...api),
    ...createRegionListSlice(...api),
    ...createRulerSlice(...api),
    ...createSlicePresenceSlice(...api),
    ...createHistorySlice(...api),
    ...createLabelMapSlice(...api),
    ...createTimingSlice(...api),
    ...createSurvivalSlice(...api),
  })),
);
