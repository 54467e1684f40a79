/** Regions as the list and the grid show them. */

import { memo, sameItems, sameList } from "../../base/memo.ts";
import type { Rgb } from "../../base/oklab.ts";
import { type ScaleStatus, scaleStatusOf } from "../../domain/analysis/scale-status.ts";
import { hexFromRgb, regionColor, regionColors } from "../../domain/colors/region-colors.ts";
import { labelText } from "../../domain/dataset/label-text.ts";
import { regionCounts } from "../../domain/dataset/region-table.ts";
import { spacingMm } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectLabels, selectRegionSet, selectRegionTable } from "../case/case-selectors.ts";
import { selectPatch } from "../case/shown-patch.ts";
import { selectShownTargets, selectShownVoxels } from "../case/shown-targets.ts";
import { selectFileColors, selectMaskColors } from "./color-source.ts";
import { soloNames } from "./selected-regions.ts";

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
  /**
   * Of the whole case at full size: from the palette's counts, known at once; null for masks that are not
   * counted yet.
   */
  readonly fullVoxels: number | null;
  /** As {@link fullVoxels}, of what is shown: in a patch, while one is looked at. */
  readonly shownVoxels: number | null;
  /** Voxels per scale of what is shown, the case or a patch; null while they are counted. */
  readonly voxels: readonly number[] | null;
  /** One per scale; null while voxels are counted. */
  readonly scaleStatus: readonly ScaleStatus[] | null;
}

/** Colours begin again before this many. */
const MAX_FRESH = 400;

const NO_ROWS: readonly RegionRow[] = [];

/**
 * Voxels per scale of a region by its labels, of one way to look at one case: no edit of another region
 * changes them. Where the GPU failed, none of them is known any more.
 */
const knownVoxels = memo(
  (s: AppState) => [s.openCase?.source, selectShownTargets(s), s.pooling, s.countsFailed],
  (_source, _targets, _pooling, _failed) => new Map<string, readonly number[]>(),
);

/**
 * What colour each region has, by channel, unless the user chose another: the file's, else an automatic one.
 */
export const selectUsualColors = memo(
  (s: AppState) => [selectRegionSet(s), selectFileColors(s), selectMaskColors(s)],
  (set, labelNames, maskColors): readonly Rgb[] =>
    set ? regionColors(set.regions, labelNames, maskColors) : [],
);

/**
 * All regions in channel order. A row that is as it was is the same object, so that an edit has only its own
 * line drawn again.
 */
export const selectRegionRows = memo(
  (s: AppState) => [
    selectRegionSet(s),
    selectUsualColors(s),
    s.chosenColors,
    selectShownVoxels(s),
    selectPatch(s) !== null,
    selectLabels(s),
    selectRegionTable(s),
    knownVoxels(s),
  ],
  (set, colors, chosenColors, regionVoxels, patched, labels, table, known): readonly RegionRow[] => {
    if (!set) return NO_ROWS;
    const full = table
      ? regionCounts(
          table,
          labels.map(({ voxels }) => voxels),
        )
      : null;
    const fresh = freshColors(chosenColors);
    return set.regions.map((region, channel): RegionRow => {
      const color = chosenColors.get(region.name) ?? fresh(colors[channel] ?? [1, 1, 1]);
      const labelsShown = labelText(region.labels);
      const counted = regionVoxels?.map((scale) => scale[channel] ?? 0) ?? null;
      // Masks have no labels to know them by.
      if (table && counted) known.set(labelsShown, counted);
      const voxels = counted ?? (table && known.get(labelsShown)) ?? null;
      return {
        channel,
        name: region.name,
        labels: labelsShown,
        classOrder: region.classOrder,
        ignore: region.ignore,
        color,
        hex: hexFromRgb(color),
        fullVoxels: full?.[channel] ?? voxels?.[0] ?? null,
        shownVoxels: patched ? (voxels?.[0] ?? null) : (full?.[channel] ?? voxels?.[0] ?? null),
        voxels,
        scaleStatus: voxels?.map((count) => scaleStatusOf(voxels[0] ?? 0, count)) ?? null,
      };
    });
  },
  { reuse: sameItems(isSameRow) },
);

function isSameRow(a: RegionRow, b: RegionRow): boolean {
  return (Object.keys(a) as (keyof RegionRow)[]).every((key) => isSame(a[key], b[key]));
}

function isSame(a: RegionRow[keyof RegionRow], b: RegionRow[keyof RegionRow]): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((part, i) => part === b[i]);
}

/** For a region that came by an edit: its own colour, or the next one that no region has. */
function freshColors(chosen: ReadonlyMap<string, Rgb>): (own: Rgb) => Rgb {
  if (chosen.size === 0) return (own) => own;
  const taken = new Set([...chosen.values()].map(hexFromRgb));
  let next = 0;
  return (own) => {
    let color = own;
    while (taken.has(hexFromRgb(color)) && next < MAX_FRESH) color = regionColor(next++);
    taken.add(hexFromRgb(color));
    return color;
  };
}

/** The grid's rows: those shown alone, else those not hidden. */
export const selectRows = memo(
  (s: AppState) => [selectRegionRows(s), s.hidden, s.solo, s.soloMore],
  (rows, hidden, solo, soloMore): readonly RegionRow[] => {
    const wanted = soloNames({ solo, soloMore });
    const alone = wanted.size === 0 ? [] : rows.filter((row) => wanted.has(row.name));
    if (alone.length > 0) return alone;
    return hidden.size === 0 ? rows : rows.filter((row) => !hidden.has(row.name));
  },
);

/** What a picture shows of a row. */
type DrawnRow = Pick<RegionRow, "channel" | "color">;

/**
 * The grid's rows as they are drawn: others only when channels or colours are, so that counts alone need no
 * new frame.
 */
export const selectDrawnRows = memo(
  (s: AppState) => [selectRows(s)],
  (rows): readonly DrawnRow[] => rows,
  { reuse: sameList(looksLike) },
);

function looksLike(a: DrawnRow, b: DrawnRow): boolean {
  return a.channel === b.channel && a.color.every((part, i) => part === b.color[i]);
}

/** Volume of one voxel in ml; null without a case. */
export const selectVoxelMl = memo(
  (s: AppState) => [s.openCase],
  (openCase) => (openCase ? spacingMm(sourceGrid(openCase.source)).reduce((a, b) => a * b, 1) / 1000 : null),
);
