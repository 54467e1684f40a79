/** Positions in the source index tables. */
import type { ResidentScale } from "../../targets/resident/resident-scale.ts";

/** Returns the start of the source indices along an axis; those of axes 0, 1 and 2 are consecutive. */
export function tableStart({ tableOffset, shape }: ResidentScale, axis: 0 | 1 | 2): number {
  return tableOffset + (axis > 0 ? shape[0] : 0) + (axis > 1 ? shape[1] : 0);
}
