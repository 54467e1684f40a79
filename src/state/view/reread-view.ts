/** The view of a case that another reader gives: pure. */
import { sameGrid, type Triple, transposeGrid } from "../../domain/geometry/grid.ts";
import { orderBetween, orderBy } from "../../domain/reader/file-geometry.ts";
import type { ViewState } from "../../domain/view/fields.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { OpenCase } from "../slices/case-slice.ts";

/**
 * The crosshair stays on its voxel, however the reader turns the axes. Where both readers put that voxel at
 * the same place the picture is the same, and so are its magnification and its middle.
 * @returns null where the case comes from no file
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
