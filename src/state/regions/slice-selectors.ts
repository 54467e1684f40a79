/**
 * Selectors of the slices that contain regions, for slice tracks and jumps. Imports `RegionSlices` as a type
 * only, because its code loads after the page's first script.
 */
import { memo } from "../../base/memo.ts";
import type { RegionSlices } from "../../domain/analysis/region-slices.ts";
import { planeAxes, type Triple } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectDrawnTable } from "../case/case-selectors.ts";
import { type RegionRow, selectAllRows } from "./region-rows.ts";
import { selectSelected } from "./selected-regions.ts";

/** For the open case; null until they are computed. */
export function selectRegionSlices({ openCase, sliceOccupancy }: AppState): RegionSlices | null {
  return openCase && sliceOccupancy?.source === openCase.source ? sliceOccupancy.slices : null;
}

/** Rows of the selected regions that exist, the current one first. */
export const selectSelectedRows = memo(
  (s: AppState) => [selectAllRows(s), selectSelected(s)],
  (rows, names): readonly RegionRow[] => names.flatMap((name) => rows.find((row) => row.name === name) ?? []),
);

/**
 * The crosshair position in the next slice of the current plane that contains a selected region.
 * @param by 1 towards S, A or R
 * @returns `"none"` if there is no such slice; null if nothing is selected or slice occupancy is unknown
 */
export function nextSelectedSlice(s: AppState, by: 1 | -1): Triple | "none" | null {
  const slices = selectRegionSlices(s);
  const channels = selectSelectedRows(s).map(({ channel }) => channel);
  if (!slices || !s.openCase || channels.length === 0) return null;
  const { axis, direction } = planeAxes(sourceGrid(s.openCase.source), s.view.plane).slice;
  const { voxel } = s.view;
  const to = slices.next(selectDrawnTable(s), channels, axis, voxel[axis], direction === by ? 1 : -1);
  return to === null ? "none" : inPlaneAt(voxel, axis, to);
}

/** The voxel with its index along `axis` set to `slice`. */
export function inPlaneAt(voxel: Triple, axis: 0 | 1 | 2, slice: number): Triple {
  const moved: [number, number, number] = [...voxel];
  moved[axis] = slice;
  return moved;
}
