/** Rows of the table of what resampling changed, and what they add up to. */
import { memo } from "../../base/memo.ts";
import { type Grid, spacingMm } from "../../domain/geometry/grid.ts";
import type { RegionChange, ResampledCase } from "../../domain/training-grid/resampling-changes.ts";
import type { AppState } from "../../state/app-state.ts";
import {
  selectResampledCase,
  selectResamplingChanges,
} from "../../state/case/resampling-changes-selectors.ts";
import { type RegionRow, selectRegionRows } from "../../state/regions/region-rows.ts";
import type { ChangeColumn, ChangeSort } from "./changes-state.ts";

/**
 * - `gone`: the box has voxels of the region, and the training grid has none;
 * - `cropped`: all of its voxels lie outside the box;
 * - `absent`: the case has none;
 * - `same`: the training grid has the nearest stored voxel everywhere.
 */
export type ChangeOutcome = "gone" | "cropped" | "absent" | "same" | "changed";

export interface ChangeRow {
  readonly region: Pick<RegionRow, "channel" | "name" | "hex">;
  readonly change: RegionChange;
  readonly outcome: ChangeOutcome;
  /** Relative change of the volume in the box; null if the box has no voxel of it. */
  readonly volume: number | null;
}

/** In mL. */
export interface VoxelVolumes {
  readonly stored: number;
  readonly trained: number;
}

export const selectVoxelVolumes = memo(
  (s: AppState) => [selectResampledCase(s)],
  (resampled): VoxelVolumes | null => resampled && voxelVolumes(resampled),
);

function voxelVolumes({ stored, trained }: ResampledCase): VoxelVolumes {
  const of = (grid: Grid) => spacingMm(grid).reduce((a, b) => a * b, 1) / 1000;
  return { stored: of(stored.volume.grid), trained: of(trained.volume.grid) };
}

/** In channel order; null until what changed is known. */
export const selectChangeRows = memo(
  (s: AppState) => [selectRegionRows(s), selectResamplingChanges(s), selectVoxelVolumes(s)],
  (regions, changes, volumes): readonly ChangeRow[] | null =>
    changes &&
    volumes &&
    regions.flatMap((region): ChangeRow[] => {
      const change = changes.regions[region.channel];
      return change ? [changeRow(region, change, volumes)] : [];
    }),
);

export function changeRow(
  region: ChangeRow["region"],
  change: RegionChange,
  { stored, trained }: VoxelVolumes,
): ChangeRow {
  const before = change.inside * stored;
  return {
    region,
    change,
    outcome: outcomeOf(change),
    volume: before === 0 ? null : (change.trained * trained) / before - 1,
  };
}

function outcomeOf({ inside, outside, gained, lost, isGone }: RegionChange): ChangeOutcome {
  if (isGone) return "gone";
  if (inside === 0) return outside > 0 ? "cropped" : "absent";
  return gained === 0 && lost === 0 ? "same" : "changed";
}

/** Stable, so that equal rows keep the order of the file. */
export function sortedRows(rows: readonly ChangeRow[], { by, isReversed }: ChangeSort): readonly ChangeRow[] {
  if (by === "order") return isReversed ? rows.toReversed() : rows;
  const sign = isReversed ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [first, second] = [badness(a, by), badness(b, by)];
    // Regions that the case does not have come last either way.
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return sign * (second - first);
  });
}

/** Larger is worse; null if there is nothing to judge. */
function badness({ change, outcome, volume }: ChangeRow, by: Exclude<ChangeColumn, "order">): number | null {
  if (outcome === "absent") return null;
  switch (by) {
    case "dice":
      if (outcome === "gone") return 3;
      if (outcome === "cropped") return 2;
      return 1 - (change.dice ?? 1);
    case "volume":
      return volume === null ? null : Math.abs(volume);
    default:
      return change[by];
  }
}

export interface ChangeTotals {
  readonly regions: number;
  readonly gone: number;
  /** Names of the regions that lie outside the box. */
  readonly cropped: readonly string[];
  /** Regions with some voxels outside the box, and these voxels; overlapping regions count them twice. */
  readonly reachingOut: number;
  /** Of the `judged` regions that are on both grids; null without any. */
  readonly judged: number;
  readonly meanDice: number | null;
  readonly lowest: ChangeRow | null;
  readonly isUnchanged: boolean;
}

/** Of the regions that the case has. */
export function totalsOf(all: readonly ChangeRow[]): ChangeTotals {
  const rows = all.filter(({ outcome }) => outcome !== "absent");
  const count = (isCounted: (row: ChangeRow) => boolean) => rows.filter(isCounted).length;
  const judged = rows.filter(({ change: { dice } }) => dice !== null);
  const dice = ({ change }: ChangeRow) => change.dice ?? 1;
  const lowest = judged.reduce<ChangeRow | null>(
    (least, row) => (least === null || dice(row) < dice(least) ? row : least),
    null,
  );
  return {
    regions: rows.length,
    gone: count(({ outcome }) => outcome === "gone"),
    cropped: rows.flatMap(({ outcome, region }) => (outcome === "cropped" ? [region.name] : [])),
    reachingOut: count(({ change }) => change.outside > 0),
    judged: judged.length,
    meanDice: judged.length === 0 ? null : judged.reduce((sum, row) => sum + dice(row), 0) / judged.length,
    lowest,
    isUnchanged: rows.every(({ outcome, change }) => outcome === "same" && change.outside === 0),
  };
}

export const selectChangeTotals = memo(
  (s: AppState) => [selectChangeRows(s)],
  (rows): ChangeTotals | null => rows && totalsOf(rows),
);
