import { create } from "zustand";
import { subscribeWithSelector } from "zustand/middleware";
import type { AppState } from "./app-state.ts";
import { createCaseSlice } from "./case-slice.ts";
import { createColorSlice } from "./color-slice.ts";
import { createCompareSlice } from "./compare-slice.ts";
import { createEditSlice } from "./edit-slice.ts";
import { createGpuSlice } from "./gpu-slice.ts";
import { createHistorySlice } from "./history-slice.ts";
import { createLabelMapSlice } from "./label-map-slice.ts";
import { createLightboxSlice } from "./lightbox-slice.ts";
import { createPanesSlice } from "./panes-slice.ts";
import { createRegionListSlice } from "./region-list-slice.ts";
import { createRulerSlice } from "./ruler-slice.ts";
import { createSlicePresenceSlice } from "./slice-presence-slice.ts";
import { createSolidSlice } from "./solid-slice.ts";
import { createSurvivalSlice } from "./survival-slice.ts";
import { createTimingSlice } from "./timing-slice.ts";
import { createViewSlice } from "./view-slice.ts";

export type { AppState } from "./app-state.ts";

/** The page's one store. The interface reads it by hook; `connect.ts` joins it to GPU and viewers. */
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
