/** Selectors of the rows of the region list and the grid. */

import { memo, sameItems, sameList } from "../../base/memo.ts";
import type { Rgb } from "../../base/oklab.ts";
import { type ScaleStatus, scaleStatusOf } from "../../domain/analysis/scale-status.ts";
import { hexFromRgb, regionColor, regionColors } from "../../domain/colors/region-colors.ts";
import { labelText } from "../../domain/dataset/label-text.ts";
import { regionCounts } from "../../domain/dataset/region-table.ts";
import { spacingMm } from "../../domain/geometry/grid.ts";
import { goneShares } from "../../domain/patches/share-text.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectDrawnRegions, selectDrawnTable, selectRegionSet } from "../case/case-selectors.ts";
import { arePatchSharesAwaited, selectPatchShares } from "../case/patch-shares-selectors.ts";
import { selectPatch } from "../case/shown-patch.ts";
import { selectShownTargets, selectShownVoxels } from "../case/shown-targets.ts";
import { selectStoredCase } from "../case/stored-case.ts";
import { selectFileColors, selectMaskColors } from "./color-source.ts";
import { soloNames } from "./selected-regions.ts";

/** Everything the page shows about one region. */
export interface RegionRow {
  readonly channel: number;
  readonly name: string;
  readonly labels: string;
  /** The label that predictions write for this region. */
  readonly classOrder: number | null;
  readonly ignore: boolean;
  /** True if this is no region, but the row of the labels in no region. */
  readonly inNoRegion: boolean;
  readonly color: Rgb;
  readonly hex: string;
  /**
   * Voxels in the whole case at full size; known at once from the palette's counts, null for masks until they
   * are counted.
   */
  readonly fullVoxels: number | null;
  /** Like {@link fullVoxels}, but within the patch if one is shown. */
  readonly shownVoxels: number | null;
  /** Voxels per scale of the shown case or patch; null until they are counted. */
  readonly voxels: readonly number[] | null;
  /** One per scale of the shown case or patch; null until voxels are counted. */
  readonly scaleStatus: readonly ScaleStatus[] | null;
  /**
   * Per scale, the share of the patches with the region in which it is gone; empty if no patch has the
   * region, and null for labels in no region, and if there are no plans to draw patches by.
   */
  readonly gone: readonly number[] | "awaited" | null;
}

/** Number of automatic colours after which they repeat. */
const MAX_FRESH = 400;

/** Of labels in no region: that of the stripes over labels that change in the round trip, as these do. */
const NO_REGION_COLOR: Rgb = [1, 93 / 255, 93 / 255];

/**
 * Cache of a region's voxels per scale, keyed by its labels, so that editing one region does not discard the
 * counts of others. A GPU failure discards all.
 */
const knownVoxels = memo(
  (s: AppState) => [s.openCase?.source, selectShownTargets(s), s.pooling, s.countsFailed],
  (_source, _targets, _pooling, _failed) => new Map<string, readonly number[]>(),
);

/** Colours of regions by channel, before the user's choices: from the label file, else automatic. */
export const selectUsualColors = memo(
  (s: AppState) => [
    selectRegionSet(s),
    selectFileColors(s),
    selectMaskColors(s),
    selectStoredCase(s)?.automaticColors ?? undefined,
  ],
  (set, labelNames, maskColors, automatic): readonly Rgb[] =>
    set ? regionColors(set.regions, labelNames, maskColors, automatic) : [],
);

/**
 * All regions in channel order, then the labels in no region. Unchanged rows keep their identity, so that an
 * edit renders only the rows it changes.
 */
export const selectAllRows = memo(
  (s: AppState) => [
    selectRegionSet(s),
    selectDrawnRegions(s),
    selectUsualColors(s),
    s.chosenColors,
    selectShownVoxels(s),
    selectPatch(s) !== null,
    selectPatchShares(s) ?? (arePatchSharesAwaited(s) ? "awaited" : null),
    s.openCase,
    selectDrawnTable(s),
    knownVoxels(s),
  ],
  (
    set,
    regions,
    colors,
    chosenColors,
    regionVoxels,
    patched,
    shares,
    openCase,
    table,
    known,
  ): readonly RegionRow[] => {
    const counts = openCase?.source.kind === "labels" ? openCase.source.volume.counts : null;
    const full = table && counts ? regionCounts(table, [...counts]) : null;
    const fresh = freshColors(chosenColors);
    return regions.map((region, channel): RegionRow => {
      const inNoRegion = channel === set?.regions.length;
      const color =
        chosenColors.get(region.name) ?? (inNoRegion ? NO_REGION_COLOR : fresh(colors[channel] ?? [1, 1, 1]));
      const labelsShown = labelText(region.labels);
      const counted = regionVoxels?.map((scale) => scale[channel] ?? 0) ?? null;
      // Masks have no labels to use as key.
      if (table && counted) known.set(labelsShown, counted);
      const share = shares === "awaited" ? null : shares?.regions[channel];
      const voxels = counted ?? (table && known.get(labelsShown)) ?? null;
      return {
        channel,
        name: region.name,
        labels: labelsShown,
        classOrder: region.classOrder,
        ignore: region.ignore,
        inNoRegion,
        color,
        hex: hexFromRgb(color),
        fullVoxels: full?.[channel] ?? voxels?.[0] ?? null,
        shownVoxels: patched ? (voxels?.[0] ?? null) : (full?.[channel] ?? voxels?.[0] ?? null),
        voxels,
        scaleStatus: voxels?.map((count) => scaleStatusOf(voxels[0] ?? 0, count)) ?? null,
        gone: inNoRegion ? null : shares === "awaited" ? shares : share ? goneShares(share) : null,
      };
    });
  },
  { reuse: sameItems(isSameRow) },
);

/** All regions in channel order, without the labels in no region. */
export const selectRegionRows = memo(
  (s: AppState) => [selectAllRows(s)],
  (rows): readonly RegionRow[] => (rows.at(-1)?.inNoRegion ? rows.slice(0, -1) : rows),
);

function isSameRow(a: RegionRow, b: RegionRow): boolean {
  return (Object.keys(a) as (keyof RegionRow)[]).every((key) => isSame(a[key], b[key]));
}

function isSame(a: RegionRow[keyof RegionRow], b: RegionRow[keyof RegionRow]): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((part, i) => part === b[i]);
}

/** For a region added by an edit: its own colour, or the next one that no region has. */
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

/** Rows shown alone; empty if none are. An edit may have removed some that were, or all. */
export const selectAlone = memo(
  (s: AppState) => [selectAllRows(s), s.solo, s.soloMore],
  (rows, solo, soloMore): readonly RegionRow[] => {
    const wanted = soloNames({ solo, soloMore });
    return wanted.size === 0 ? [] : rows.filter((row) => wanted.has(row.name));
  },
);

/** Rows of the grid: those shown alone, otherwise those not hidden. */
export const selectRows = memo(
  (s: AppState) => [selectAlone(s), selectAllRows(s), s.hidden],
  (alone, rows, hidden): readonly RegionRow[] => {
    if (alone.length > 0) return alone;
    return hidden.size === 0 ? rows : rows.filter((row) => !hidden.has(row.name));
  },
);

/** The parts of a row that affect the picture. */
type DrawnRow = Pick<RegionRow, "channel" | "color" | "inNoRegion">;

/**
 * Rows of the grid as drawn. They change only with channels or colours, so that new counts alone need no
 * frame.
 */
export const selectDrawnRows = memo(
  (s: AppState) => [selectRows(s)],
  (rows): readonly DrawnRow[] => rows,
  { reuse: sameList(looksLike) },
);

function looksLike(a: DrawnRow, b: DrawnRow): boolean {
  return (
    a.channel === b.channel &&
    a.inNoRegion === b.inNoRegion &&
    a.color.every((part, i) => part === b.color[i])
  );
}

/** Volume of one voxel in mL; null without a case. */
export const selectVoxelMl = memo(
  (s: AppState) => [s.openCase],
  (openCase) => (openCase ? spacingMm(sourceGrid(openCase.source)).reduce((a, b) => a * b, 1) / 1000 : null),
);
