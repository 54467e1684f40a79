/** Device requirements of compute shaders: none beyond memory for their results. */
import type { BackendNeeds } from "../core/target-backend.ts";

export const computeNeeds: BackendNeeds = {
  supports: () => true,
  downsampleBytes: () => 0,
  decodeBytes: () => 0,
};
