/** Classifies how a region appears at a scale of one picture: of the whole case, or of one patch. */
import { hasWeight, type Scale } from "../targets/deep-supervision.ts";
import type { Survival } from "./survival.ts";

/**
 * How a region appears at a scale of what is shown.
 * - `present`: in at least {@link SPARSE_VOXELS} voxels;
 * - `sparse`: in fewer;
 * - `empty`: in what is shown at full size, but in no voxel here;
 * - `absent`: nowhere in what is shown.
 */
export type ScaleStatus = "present" | "sparse" | "empty" | "absent";

/** With fewer voxels than this a region is fragile: one shift of the patch may lose it. */
export const SPARSE_VOXELS = 8;

/** @param fullSizeVoxels voxels of the region at scale 0; @param voxels voxels at the scale in question */
export function scaleStatusOf(fullSizeVoxels: number, voxels: number): ScaleStatus {
  if (voxels >= SPARSE_VOXELS) return "present";
  if (voxels > 0) return "sparse";
  return fullSizeVoxels > 0 ? "empty" : "absent";
}

/**
 * The first scale with loss weight at which nothing is left although the patch has some; null if the loss
 * always sees it.
 */
export function vanishesForLoss(
  { inPatch, perScale }: Pick<Survival, "inPatch" | "perScale">,
  scales: readonly Scale[],
): number | null {
  if (inPatch === 0) return null;
  const at = scales.findIndex((scale, s) => hasWeight(scale) && perScale[s] === 0);
  return at < 0 ? null : at;
}
