/** What compute shaders need of a device: nothing beyond their results. */
import type { BackendNeeds } from "../core/target-backend.ts";

export const computeNeeds: BackendNeeds = {
  supports: () => true,
  downsampleBytes: () => 0,
  decodeBytes: () => 0,
};
