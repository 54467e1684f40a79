/** Selectors of what resampling changed: what it is found out from, the result, and facts for findings. */
import { memo } from "../../base/memo.ts";
import { resampledFacts, tablesOfGrids } from "../../domain/case/resampled-facts.ts";
import type {
  ResampledCase,
  ResamplingChanges,
  TablesOfGrids,
} from "../../domain/training-grid/resampling-changes.ts";
import type { AppState } from "../app-state.ts";
import type { ResamplingChangesQuery } from "../slices/resampling-changes-slice.ts";
import { selectConfiguration, selectRegionSet } from "./case-selectors.ts";
import { selectRegionsText } from "./shown-patch.ts";
import {
  isTrainingGridAwaited,
  selectTrainingGrid,
  selectTrainingGridQuery,
} from "./training-grid-selectors.ts";

/** Null without a training grid. */
export const selectResamplingChangesQuery = memo(
  (s: AppState) => [selectTrainingGrid(s), selectRegionsText(s)],
  (grid, regions): ResamplingChangesQuery | null =>
    grid?.kind === "training-grid" && regions !== null ? { grid, regions } : null,
);

/** The training grid of the case and what it was made from; null if there is none. */
export const selectResampledCase = memo(
  (s: AppState) => [selectTrainingGrid(s), selectTrainingGridQuery(s)],
  (trained, query): ResampledCase | null =>
    trained?.kind === "training-grid" && query?.kind === "query" ? { stored: query, trained } : null,
);

/** The regions on both grids; null without a training grid. */
export const selectTablesOfGrids = memo(
  (s: AppState) => [selectResampledCase(s), selectRegionSet(s)],
  (resampled, set): TablesOfGrids | null => resampled && set && tablesOfGrids(resampled, set),
);

/** What resampling changed; null without a training grid and until it is known. */
export const selectResamplingChanges = memo(
  (s: AppState) => [s.resamplingChanges, selectResamplingChangesQuery(s)],
  (known, query): ResamplingChanges | null =>
    known && query && known.query.grid === query.grid && known.query.regions === query.regions
      ? known.result
      : null,
);

/** What findings are to know of cropping and resampling. */
export const selectResampledFacts = memo(
  (s: AppState) => [
    selectTrainingGridQuery(s),
    selectTrainingGrid(s),
    selectConfiguration(s),
    isTrainingGridAwaited(s),
    selectResamplingChanges(s),
    selectRegionSet(s),
  ],
  (query, grid, configuration, isAwaited, changes, set) =>
    resampledFacts({ query, grid, configuration, isAwaited, changes, set }),
);
