/** Sorts the region list. */
import { memo } from "../../base/memo.ts";
import { goneRank } from "../../domain/patches/share-text.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import type { AppState } from "../app-state.ts";
import { selectScales } from "../case/case-selectors.ts";
import type { RegionSort } from "../slices/region-list-slice.ts";
import { type RegionRow, selectAllRows } from "./region-rows.ts";

type Sortable = Pick<
  RegionRow,
  "name" | "inNoRegion" | "fullVoxels" | "shownVoxels" | "scaleStatus" | "gone"
>;

/** Natural order: "rib 2" before "rib 10". */
const NAMES = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Sorts stably: equal regions stay in the order of the definition. */
export function sortRegions<T extends Sortable>(
  rows: readonly T[],
  sort: RegionSort,
  scales: readonly Scale[],
): readonly T[] {
  switch (sort) {
    case "order":
      return rows;
    case "name":
      return [...rows].sort((a, b) => NAMES.compare(a.name, b.name));
    case "volume":
      return [...rows].sort((a, b) => sizeOf(b) - sizeOf(a));
    case "gone":
      // Among regions that are equally often gone, the smallest is closest to being gone more often.
      return [...rows].sort((a, b) => rankOf(a, scales) - rankOf(b, scales) || sizeOf(a) - sizeOf(b));
  }
}

function sizeOf(row: Sortable): number {
  return row.shownVoxels ?? row.fullVoxels ?? -1;
}

/**
 * Regions gone in most patches come first. Without patches, those without a voxel at the finest scale do,
 * then those with voxels at every scale, and absent ones. Labels in no region, which no patch is drawn for,
 * come last.
 */
function rankOf({ inNoRegion, gone, scaleStatus }: Sortable, scales: readonly Scale[]): number {
  if (inNoRegion) return Number.POSITIVE_INFINITY;
  if (gone === "awaited") return 0;
  if (gone) return goneRank(gone, scales);
  if (!scaleStatus || scaleStatus[0] === "absent") return scaleStatus ? 2000 : 1000;
  const scale = scaleStatus.indexOf("empty");
  return scale < 0 ? 1000 : scale;
}

/** All rows in list order. */
export const selectListedRows = memo(
  (s: AppState) => [selectAllRows(s), s.regionSort, selectScales(s)],
  (rows, sort, scales): readonly RegionRow[] => sortRegions(rows, sort, scales),
);
