/**
 * In which slices regions lie, for strips and jumps; the answers come after the page's script, as types alone
 * do here.
 */
import { memo } from "../../base/memo.ts";
import type { RegionSlices } from "../../domain/analysis/region-slices.ts";
import { planeAxes, type Triple } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectRegionTable } from "../case/case-selectors.ts";
import { type RegionRow, selectRegionRows } from "./region-rows.ts";
import { selectSelected } from "./selected-regions.ts";

/** Of the open case; null while it is computed. */
export function selectRegionSlices({ openCase, sliceOccupancy }: AppState): RegionSlices | null {
  return openCase && sliceOccupancy?.source === openCase.source ? sliceOccupancy.slices : null;
}

/** The selected regions that there are, as rows, the current one first. */
export const selectSelectedRows = memo(
  (s: AppState) => [selectRegionRows(s), selectSelected(s)],
  (rows, names): readonly RegionRow[] => names.flatMap((name) => rows.find((row) => row.name === name) ?? []),
);

/**
 * The crosshair in the next slice of the current plane that has any of the selected regions.
 * @param by 1 towards S, A or R
 * @returns `"none"` where there is no such slice; null where nothing is selected or known
 */
export function nextSelectedSlice(s: AppState, by: 1 | -1): Triple | "none" | null {
  const slices = selectRegionSlices(s);
  const channels = selectSelectedRows(s).map(({ channel }) => channel);
  if (!slices || !s.openCase || channels.length === 0) return null;
  const { axis, direction } = planeAxes(sourceGrid(s.openCase.source), s.view.plane).slice;
  const { voxel } = s.view;
  const to = slices.next(selectRegionTable(s), channels, axis, voxel[axis], direction === by ? 1 : -1);
  return to === null ? "none" : inPlaneAt(voxel, axis, to);
}

/** A voxel moved to another slice. */
export function inPlaneAt(voxel: Triple, axis: 0 | 1 | 2, slice: number): Triple {
  const moved: [number, number, number] = [...voxel];
  moved[axis] = slice;
  return moved;
}
