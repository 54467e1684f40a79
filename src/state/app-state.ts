import type { TimingSlice } from "./slices/benchmark-slice.ts";
import type { CaseSlice } from "./slices/case-slice.ts";
import type { ColorSlice } from "./slices/color-slice.ts";
import type { CompareSlice } from "./slices/compare-slice.ts";
import type { EditSlice } from "./slices/edit-slice.ts";
import type { GpuSlice } from "./slices/gpu-slice.ts";
import type { HistorySlice } from "./slices/history-slice.ts";
import type { LabelMapSlice } from "./slices/label-map-slice.ts";
import type { LightboxSlice } from "./slices/lightbox-slice.ts";
import type { RegionListSlice } from "./slices/region-list-slice.ts";
import type { RulerSlice } from "./slices/ruler-slice.ts";
import type { SlicePresenceSlice } from "./slices/slice-occupancy-slice.ts";
import type { PanesSlice } from "./slices/slices-slice.ts";
import type { SurvivalSlice } from "./slices/survival-slice.ts";
import type { ViewSlice } from "./slices/view-slice.ts";
import type { SolidSlice } from "./slices/view3d-slice.ts";

/** Everything the page knows, and the only ways to change it. */
export type AppState = CaseSlice &
  EditSlice &
  GpuSlice &
  ViewSlice &
  ColorSlice &
  PanesSlice &
  LightboxSlice &
  CompareSlice &
  SolidSlice &
  RegionListSlice &
  RulerSlice &
  SlicePresenceSlice &
  HistorySlice &
  LabelMapSlice &
  TimingSlice &
  SurvivalSlice;
