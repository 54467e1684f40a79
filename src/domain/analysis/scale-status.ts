/**
 * How a region shows at a scale.
 * - `present`: it holds somewhere, in at least {@link SPARSE_VOXELS} voxels;
 * - `sparse`: in fewer;
 * - `vanished`: it is in the case at full size, and in no voxel here;
 * - `absent`: it is nowhere in the case.
 */
export type Presence = "present" | "sparse" | "vanished" | "absent";

/** Below this many voxels a region hangs by a thread: one shift of the patch may lose it. */
export const SPARSE_VOXELS = 8;

/** @param fullSizeVoxels voxels of the region at scale 0; @param voxels voxels at the scale asked about */
export function presenceOf(fullSizeVoxels: number, voxels: number): Presence {
  if (voxels >= SPARSE_VOXELS) return "present";
  if (voxels > 0) return "sparse";
  return fullSizeVoxels > 0 ? "vanished" : "absent";
}
