/** Finds where other viewers, which read files with ITK, show a voxel of the case. Pure. */
import { type Triple, voxelFromWorld, worldFromVoxel } from "../geometry/grid.ts";
import { type CaseGeometry, orderBy } from "../reader/file-geometry.ts";

interface PlaceInFiles {
  /** R, A, S, as ITK places the label file. */
  readonly mm: Triple;
  /** Voxel x, y, z of the image, or of the labels without an image, counted from 1 as in ITK-SNAP. */
  readonly cursor: Triple;
}

/**
 * @param voxel on the stored grid, in the order of `reader` and `transpose`
 * @param transpose of the plans
 */
export function placeInFiles(
  { reader, labels, image }: CaseGeometry,
  transpose: Triple,
  voxel: Triple,
): PlaceInFiles {
  const { axes, backwards } = orderBy(labels, reader, transpose);
  const inFile: [number, number, number] = [0, 0, 0];
  for (const axis of [0, 1, 2] as const) {
    const of = axes[axis];
    const last = (labels.itk.grid.shape[of] ?? 1) - 1;
    inFile[of] = backwards[axis] ? last - voxel[axis] : voxel[axis];
  }
  const mm = worldFromVoxel(labels.itk.grid, inFile);
  const [z, y, x] = image ? nearest(image.itk.grid, mm) : inFile;
  return { mm, cursor: [x + 1, y + 1, z + 1] };
}

function nearest(grid: CaseGeometry["labels"]["itk"]["grid"], mm: Triple): Triple {
  const at = voxelFromWorld(grid, mm);
  const along = (axis: 0 | 1 | 2) => Math.min(Math.max(Math.round(at[axis]), 0), grid.shape[axis] - 1);
  return [along(0), along(1), along(2)];
}
