/** Sorts the region list. */
import { memo } from "../../base/memo.ts";
import type { AppState } from "../app-state.ts";
import type { RegionSort } from "../slices/region-list-slice.ts";
import { type RegionRow, selectRegionRows } from "./region-rows.ts";

type Sortable = Pick<RegionRow, "name" | "fullVoxels" | "shownVoxels" | "scaleStatus">;

/** Natural order: "rib 2" before "rib 10". */
const NAMES = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Sorts stably: equal regions stay in the order of the definition. */
export function sortRegions<T extends Sortable>(rows: readonly T[], sort: RegionSort): readonly T[] {
  switch (sort) {
    case "order":
      return rows;
    case "name":
      return [...rows].sort((a, b) => NAMES.compare(a.name, b.name));
    case "volume":
      return [...rows].sort((a, b) => sizeOf(b) - sizeOf(a));
    case "vanishing":
      // Among regions that vanish at the same scale, the smallest is closest to vanishing one scale earlier.
      return [...rows].sort((a, b) => rankOf(a) - rankOf(b) || sizeOf(a) - sizeOf(b));
  }
}

function sizeOf(row: Sortable): number {
  return row.shownVoxels ?? row.fullVoxels ?? -1;
}

/** The first scale at which a region has vanished; those that never vanish come next, absent ones last. */
function rankOf({ scaleStatus }: Sortable): number {
  if (!scaleStatus || scaleStatus[0] === "absent") return scaleStatus ? 2000 : 1000;
  const scale = scaleStatus.indexOf("vanished");
  return scale < 0 ? 1000 : scale;
}

/** All regions in list order. */
export const selectListedRows = memo(
  (s: AppState) => [selectRegionRows(s), s.regionSort],
  (rows, sort): readonly RegionRow[] => sortRegions(rows, sort),
);
