/** Regions as the list and the grid show them. */

import { spacingMm } from "../domain/grid.ts";
import { sourceGrid } from "../domain/palette-volume.ts";
import { regionCounts } from "../domain/region-table.ts";
import type { AppState } from "./app-state.ts";
import { labelText } from "./label-text.ts";
import { memo } from "./memo.ts";
import type { Rgb } from "./oklab.ts";
import { type Presence, presenceOf } from "./presence.ts";
import { hexFromRgb, regionColors } from "./region-colors.ts";
import { selectLabels, selectRegionSet, selectRegionTable } from "./selectors.ts";

/** One region, ready to be shown. */
export interface RegionRow {
  readonly channel: number;
  readonly name: string;
  readonly labels: string;
  /** What prediction writes where it holds. */
  readonly classOrder: number | null;
  readonly ignore: boolean;
  readonly color: Rgb;
  readonly hex: string;
  /** At full size: from the palette's counts, known at once; null for masks that are not counted yet. */
  readonly fullVoxels: number | null;
  /** Voxels per scale; null while they are counted. */
  readonly voxels: readonly number[] | null;
  /** One per scale; null while voxels are counted. */
  readonly presence: readonly Presence[] | null;
}

const NO_ROWS: readonly RegionRow[] = [];

/** All regions in channel order. */
export const selectRegionRows = memo(
  (s: AppState) => [
    selectRegionSet(s),
    s.openCase?.labelNames,
    s.chosenColors,
    s.regionVoxels,
    selectLabels(s),
    selectRegionTable(s),
  ],
  (set, labelNames, chosenColors, regionVoxels, labels, table): readonly RegionRow[] => {
    if (!set) return NO_ROWS;
    const full = table
      ? regionCounts(
          table,
          labels.map(({ voxels }) => voxels),
        )
      : null;
    const colors = regionColors(set.regions, labelNames ?? []);
    return set.regions.map((region, channel) => {
      const color = chosenColors.get(region.name) ?? colors[channel] ?? [1, 1, 1];
      const voxels = regionVoxels?.map((scale) => scale[channel] ?? 0) ?? null;
      return {
        channel,
        name: region.name,
        labels: labelText(region.labels),
        classOrder: region.classOrder,
        ignore: region.ignore,
        color,
        hex: hexFromRgb(color),
        fullVoxels: full?.[channel] ?? voxels?.[0] ?? null,
        voxels,
        presence: voxels?.map((count) => presenceOf(voxels[0] ?? 0, count)) ?? null,
      };
    });
  },
);

/** The grid's rows: the soloed region alone, else those not hidden. */
export const selectRows = memo(
  (s: AppState) => [selectRegionRows(s), s.hidden, s.solo],
  (rows, hidden, solo): readonly RegionRow[] => {
    const alone = solo === null ? [] : rows.filter((row) => row.name === solo);
    if (alone.length > 0) return alone;
    return hidden.size === 0 ? rows : rows.filter((row) => !hidden.has(row.name));
  },
);

/** Volume of one voxel in ml; null without a case. */
export const selectVoxelMl = memo(
  (s: AppState) => [s.openCase],
  (openCase) => (openCase ? spacingMm(sourceGrid(openCase.source)).reduce((a, b) => a * b, 1) / 1000 : null),
);
