import { voxelCount } from "../geometry/grid.ts";
import type { LabelName } from "./label-names.ts";
import { type Source, sourceGrid } from "./palette-volume.ts";

/**
 * Whether a case is what 3D Slicer saves while nothing is painted: a list of segments, and in place of the
 * volume a single voxel that belongs to none of them.
 *
 * @param labelNames of the label file, whose segments are listed
 */
export function isEmptySegmentation(source: Source, labelNames: readonly LabelName[]): boolean {
  if (voxelCount(sourceGrid(source).shape) !== 1) return false;
  if (source.kind === "masks") {
    // Only files of segments give colours, if need be none.
    return source.stack.colors !== undefined && source.stack.planes.every((plane) => plane[0] === 0);
  }
  return labelNames.some(({ listed }) => listed) && source.volume.palette.every((value) => value === 0);
}
