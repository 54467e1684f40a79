/** Recognises what 3D Slicer saves before anything is painted. */
import { voxelCount } from "../geometry/grid.ts";
import type { LabelName } from "./label-names.ts";
import { type Source, sourceGrid } from "./palette-volume.ts";

/**
 * True if a case is what 3D Slicer saves before anything is painted: a list of segments, and instead of the
 * volume a single voxel outside all of them.
 *
 * @param labelNames names from the label file, with its segments listed
 */
export function isEmptySegmentation(source: Source, labelNames: readonly LabelName[]): boolean {
  if (voxelCount(sourceGrid(source).shape) !== 1) return false;
  if (source.kind === "masks") {
    // Only segmentation files set colours, even if all are null.
    return source.stack.colors !== undefined && source.stack.bitPlanes.every((bitPlane) => bitPlane[0] === 0);
  }
  return labelNames.some(({ listed }) => listed) && source.volume.palette.every((value) => value === 0);
}
