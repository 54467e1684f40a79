/** Adapts the view to a case read by another reader; pure functions. */
import { sameGrid, type Triple, transposeGrid } from "../../domain/geometry/grid.ts";
import { orderBetween, orderBy } from "../../domain/reader/file-geometry.ts";
import type { ViewState } from "../../domain/view/fields.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { OpenCase } from "../slices/case-slice.ts";

/**
 * Keeps the crosshair on its voxel, however the reader reorders the axes. If both readers place that voxel at
 * the same position, zoom and pan stay too, because the picture is the same.
 * @returns null if the case comes from no file
 */
export function viewReread(before: OpenCase, now: OpenCase, view: ViewState): ViewState | null {
  if (!before.geometry || !now.geometry) return null;
  const { axes, backwards } = orderBetween(
    orderBy(before.geometry.labels, before.geometry.reader, before.transpose),
    orderBy(now.geometry.labels, now.geometry.reader, now.transpose),
  );
  const [grid, wanted] = [sourceGrid(before.source), sourceGrid(now.source)];
  const at = (axis: 0 | 1 | 2) => {
    const index = view.voxel[axes[axis] as 0 | 1 | 2];
    return backwards[axis] ? wanted.shape[axis] - 1 - index : index;
  };
  const voxel: Triple = [at(0), at(1), at(2)];
  const isSamePlace = sameGrid(transposeGrid(grid, axes, backwards), wanted);
  return isSamePlace ? { ...view, voxel } : { ...view, voxel, zoom: 1, panMm: [0, 0] };
}
