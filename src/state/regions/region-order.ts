/** The order of the list of regions. */
import { memo } from "../../base/memo.ts";
import type { AppState } from "../app-state.ts";
import type { RegionSort } from "../slices/region-list-slice.ts";
import { type RegionRow, selectRegionRows } from "./region-rows.ts";

type Sortable = Pick<RegionRow, "name" | "fullVoxels" | "shownVoxels" | "scaleStatus">;

/** Natural: "rib 2" before "rib 10". */
const NAMES = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Stable: what an order does not tell apart stays as the definition has it. */
export function sortRegions<T extends Sortable>(rows: readonly T[], sort: RegionSort): readonly T[] {
  switch (sort) {
    case "order":
      return rows;
    case "name":
      return [...rows].sort((a, b) => NAMES.compare(a.name, b.name));
    case "volume":
      return [...rows].sort((a, b) => sizeOf(b) - sizeOf(a));
    case "vanishing":
      // Of those that go at the same scale, the smallest is nearest to going a scale earlier.
      return [...rows].sort((a, b) => rankOf(a) - rankOf(b) || sizeOf(a) - sizeOf(b));
  }
}

function sizeOf(row: Sortable): number {
  return row.shownVoxels ?? row.fullVoxels ?? -1;
}

/** The first scale at which a region is gone; then those that stay, then those that were never there. */
function rankOf({ scaleStatus }: Sortable): number {
  if (!scaleStatus || scaleStatus[0] === "absent") return scaleStatus ? 2000 : 1000;
  const scale = scaleStatus.indexOf("vanished");
  return scale < 0 ? 1000 : scale;
}

/** All regions in the order of the list. */
export const selectListedRows = memo(
  (s: AppState) => [selectRegionRows(s), s.regionSort],
  (rows, sort): readonly RegionRow[] => sortRegions(rows, sort),
);
