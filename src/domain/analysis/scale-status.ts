/** Classifies how a region appears at a scale. */

/**
 * How a region appears at a scale.
 * - `present`: in at least {@link SPARSE_VOXELS} voxels;
 * - `sparse`: in fewer;
 * - `vanished`: in the case at full size, but in no voxel here;
 * - `absent`: nowhere in the case.
 */
export type ScaleStatus = "present" | "sparse" | "vanished" | "absent";

/** With fewer voxels than this a region is fragile: one shift of the patch may lose it. */
export const SPARSE_VOXELS = 8;

/** @param fullSizeVoxels voxels of the region at scale 0; @param voxels voxels at the scale in question */
export function scaleStatusOf(fullSizeVoxels: number, voxels: number): ScaleStatus {
  if (voxels >= SPARSE_VOXELS) return "present";
  if (voxels > 0) return "sparse";
  return fullSizeVoxels > 0 ? "vanished" : "absent";
}
