/** Selectors of what resampling changed: what it is found out from, the result, and facts for findings. */
import { memo } from "../../base/memo.ts";
import type { RegionSet } from "../../domain/dataset/region-set.ts";
import { regionCounts, regionTable } from "../../domain/dataset/region-table.ts";
import type { CaseFacts } from "../../domain/findings/findings.ts";
import type { RefusedFacts } from "../../domain/findings/resampling.ts";
import { type Refused, targetSpacing } from "../../domain/training-grid/resampling.ts";
import type {
  ResampledCase,
  ResamplingChanges,
  TablesOfGrids,
} from "../../domain/training-grid/resampling-changes.ts";
import type { AppState } from "../app-state.ts";
import type { ResamplingChangesQuery } from "../slices/resampling-changes-slice.ts";
import type { TrainingGridQuery } from "../slices/training-grid-slice.ts";
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
  (resampled, set): TablesOfGrids | null =>
    resampled &&
    set && {
      stored: regionTable(resampled.stored.volume.palette, set.regions),
      trained: regionTable(resampled.trained.volume.palette, set.regions),
    },
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
  (query, grid, configuration, isAwaited, changes, set): NonNullable<CaseFacts["resampled"]> | null => {
    if (!query || !configuration) return null;
    const { name } = configuration;
    if (query.kind === "refused") return { configuration: name, refused: query };
    if (grid?.kind === "refused") {
      const regions = croppedRegions(query, grid, set);
      return { configuration: name, refused: grid, ...(regions ? { regions } : {}) };
    }
    if (!grid) return isAwaited ? "pending" : null;
    const to = targetSpacing(query.spacing, query.plansSpacing);
    if (!changes || !to) return "pending";
    return {
      configuration: name,
      from: query.spacing,
      to,
      shape: grid.volume.grid.shape,
      uncropped: grid.uncropped === "image-unknown" ? query.maskUnknown : null,
      regions: changes.regions,
    };
  },
);

/** What cropping leaves of each region where there is no training grid; null if that is not known. */
function croppedRegions(
  { volume }: TrainingGridQuery,
  { inside }: Refused,
  set: RegionSet | null,
): RefusedFacts["regions"] | null {
  if (!inside || !set) return null;
  const table = regionTable(volume.palette, set.regions);
  const all = regionCounts(table, volume.counts);
  return [...regionCounts(table, inside)].map((voxels, channel) => ({
    inside: voxels,
    outside: (all[channel] ?? 0) - voxels,
  }));
}
