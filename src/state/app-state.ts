import type { CaseSlice } from "./case-slice.ts";
import type { ColorSlice } from "./color-slice.ts";
import type { CompareSlice } from "./compare-slice.ts";
import type { EditSlice } from "./edit-slice.ts";
import type { GpuSlice } from "./gpu-slice.ts";
import type { HistorySlice } from "./history-slice.ts";
import type { LabelMapSlice } from "./label-map-slice.ts";
import type { LightboxSlice } from "./lightbox-slice.ts";
import type { PanesSlice } from "./panes-slice.ts";
import type { RegionListSlice } from "./region-list-slice.ts";
import type { RulerSlice } from "./ruler-slice.ts";
import type { SlicePresenceSlice } from "./slice-presence-slice.ts";
import type { SolidSlice } from "./solid-slice.ts";
import type { SurvivalSlice } from "./survival-slice.ts";
import type { TimingSlice } from "./timing-slice.ts";
import type { ViewSlice } from "./view-slice.ts";

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
