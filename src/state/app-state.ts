/** The page's whole state: all slices with their defaults, and what another case resets. */
import * as benchmarkSlice from "./slices/benchmark-slice.ts";
import * as caseSlice from "./slices/case-slice.ts";
import * as changedPlacesSlice from "./slices/changed-places-slice.ts";
import * as compareSlice from "./slices/compare-slice.ts";
import * as editSlice from "./slices/edit-slice.ts";
import * as fieldsSlice from "./slices/fields-slice.ts";
import * as gpuSlice from "./slices/gpu-slice.ts";
import * as historySlice from "./slices/history-slice.ts";
import * as labelMapSlice from "./slices/label-map-slice.ts";
import * as linkSlice from "./slices/link-slice.ts";
import * as patchSharesSlice from "./slices/patch-shares-slice.ts";
import * as regionListSlice from "./slices/region-list-slice.ts";
import * as resamplingChangesSlice from "./slices/resampling-changes-slice.ts";
import * as rulerSlice from "./slices/ruler-slice.ts";
import * as sliceOccupancySlice from "./slices/slice-occupancy-slice.ts";
import * as survivalSlice from "./slices/survival-slice.ts";
import * as trainingGridSlice from "./slices/training-grid-slice.ts";
import * as viewSlice from "./slices/view-slice.ts";
import * as view3dSlice from "./slices/view3d-slice.ts";

/** Everything the page knows. Only `actions/` may change it. */
export type AppState = benchmarkSlice.TimingSlice &
  caseSlice.CaseSlice &
  changedPlacesSlice.ChangedPlacesSlice &
  compareSlice.CompareSlice &
  editSlice.EditSlice &
  fieldsSlice.FieldsSlice &
  gpuSlice.GpuSlice &
  historySlice.HistorySlice &
  labelMapSlice.LabelMapSlice &
  linkSlice.LinkSlice &
  patchSharesSlice.PatchSharesSlice &
  regionListSlice.RegionListSlice &
  resamplingChangesSlice.ResamplingChangesSlice &
  rulerSlice.RulerSlice &
  sliceOccupancySlice.SliceOccupancySlice &
  survivalSlice.SurvivalSlice &
  trainingGridSlice.TrainingGridSlice &
  viewSlice.ViewSlice &
  view3dSlice.View3dSlice;

export const DEFAULT_STATE: AppState = {
  ...benchmarkSlice.DEFAULTS,
  ...caseSlice.DEFAULTS,
  ...changedPlacesSlice.DEFAULTS,
  ...compareSlice.DEFAULTS,
  ...editSlice.DEFAULTS,
  ...fieldsSlice.DEFAULTS,
  ...gpuSlice.DEFAULTS,
  ...historySlice.DEFAULTS,
  ...labelMapSlice.DEFAULTS,
  ...linkSlice.DEFAULTS,
  ...patchSharesSlice.DEFAULTS,
  ...regionListSlice.DEFAULTS,
  ...resamplingChangesSlice.DEFAULTS,
  ...rulerSlice.DEFAULTS,
  ...sliceOccupancySlice.DEFAULTS,
  ...survivalSlice.DEFAULTS,
  ...trainingGridSlice.DEFAULTS,
  ...viewSlice.DEFAULTS,
  ...view3dSlice.DEFAULTS,
};

/** Reset when another case opens. */
export const PER_CASE = {
  ...benchmarkSlice.PER_CASE,
  ...caseSlice.PER_CASE,
  ...changedPlacesSlice.PER_CASE,
  ...compareSlice.PER_CASE,
  ...editSlice.PER_CASE,
  ...gpuSlice.PER_CASE,
  ...labelMapSlice.PER_CASE,
  ...patchSharesSlice.PER_CASE,
  ...resamplingChangesSlice.PER_CASE,
  ...survivalSlice.PER_CASE,
  ...trainingGridSlice.PER_CASE,
  ...viewSlice.PER_CASE,
} as const satisfies Partial<AppState>;

/** What is about the regions of a dataset: reset when a case of another one opens. */
export const PER_DATASET = {
  ...editSlice.PER_DATASET,
  ...fieldsSlice.PER_DATASET,
  ...regionListSlice.PER_DATASET,
  ...survivalSlice.PER_DATASET,
  ...viewSlice.PER_DATASET,
} as const satisfies Partial<AppState>;

/**
 * What is about places: reset when another case opens, unless it is of the same dataset and on the same grid.
 */
export const PER_GRID = {
  ...fieldsSlice.PER_GRID,
  ...rulerSlice.PER_GRID,
  ...viewSlice.PER_GRID,
} as const satisfies Partial<AppState>;
