/** Selects where a region lies while the slice that is shown does not contain it. */
import { planeAxes } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectDrawnTable } from "../case/case-selectors.ts";
import { selectRegionSlices } from "./slice-selectors.ts";

/** Indices of slices. */
export interface SlicesElsewhere {
  readonly first: number;
  readonly last: number;
  /** The nearest before and after the slice that is shown; null where that is outside `first` to `last`. */
  readonly around: readonly [number, number] | null;
}

/**
 * The slices of the current plane that contain a channel, if the slice that is shown does not; null if it
 * does, and where nothing is known or there.
 */
export function slicesElsewhere(s: AppState, channel: number): SlicesElsewhere | null {
  const slices = selectRegionSlices(s);
  if (!slices || !s.openCase) return null;
  const { axis } = planeAxes(sourceGrid(s.openCase.source), s.view.plane).slice;
  const table = selectDrawnTable(s);
  const at = s.view.voxel[axis];
  const isHere = ((slices.of(table, channel, axis)[at >>> 5] ?? 0) >>> (at & 31)) & 1;
  if (isHere) return null;
  const range = slices.range(table, [channel], axis);
  if (!range) return null;
  const before = slices.next(table, [channel], axis, at, -1);
  const after = slices.next(table, [channel], axis, at, 1);
  const around = before === null || after === null ? null : ([before, after] as const);
  return { first: range[0], last: range[1], around };
}
