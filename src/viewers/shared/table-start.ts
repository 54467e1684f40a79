import type { ResidentScale } from "../../targets/resident/resident-scale.ts";

/** Where the source indices along an axis begin: those of axes 0, 1 and 2 lie one after the other. */
export function tableStart({ tableOffset, shape }: ResidentScale, axis: 0 | 1 | 2): number {
  return tableOffset + (axis > 0 ? shape[0] : 0) + (axis > 1 ? shape[1] : 0);
}
