/** What findings are to know of the cropping and resampling of a case. */
import type { PlansConfiguration } from "../dataset/plans.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import { regionCounts, regionTable } from "../dataset/region-table.ts";
import type { CaseFacts } from "../findings/findings.ts";
import type { RefusedFacts } from "../findings/resampling.ts";
import { type Refused, targetSpacing } from "../training-grid/resampling.ts";
import type { ResampledCase, ResamplingChanges, TablesOfGrids } from "../training-grid/resampling-changes.ts";
import type { TrainingGrid } from "../training-grid/training-grid.ts";
import type { TrainingGridQuery } from "./training-grid-query.ts";

/** Channels of the stored grid and of the training grid. */
export function tablesOfGrids({ stored, trained }: ResampledCase, set: RegionSet): TablesOfGrids {
  return {
    stored: regionTable(stored.volume.palette, set.regions),
    trained: regionTable(trained.volume.palette, set.regions),
  };
}

/**
 * Null without plans, and where no training grid will be made.
 * @param grid null until it is made
 * @param isAwaited it will be made
 * @param changes null until they are known
 */
export function resampledFacts({
  query,
  grid,
  configuration,
  isAwaited,
  changes,
  set,
}: {
  readonly query: TrainingGridQuery | Refused | null;
  readonly grid: TrainingGrid | Refused | null;
  readonly configuration: PlansConfiguration | null;
  readonly isAwaited: boolean;
  readonly changes: ResamplingChanges | null;
  readonly set: RegionSet | null;
}): NonNullable<CaseFacts["resampled"]> | null {
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
}

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
