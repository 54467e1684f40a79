/**
 * Starts what is found out about the open case while the page has nothing else to do; its script loads late.
 */
import { SOON, whenIdle } from "../app/when-idle.ts";
import { syncPatchShares } from "../features/case/patch-shares-sync.ts";
import { syncSliceOccupancy } from "../features/case/slice-occupancy-sync.ts";
import { syncResamplingChanges } from "../features/resampling-changes/resampling-changes-sync.ts";

/** Returns a function that stops it. */
export function startBackgroundSyncs(): () => void {
  const ends = [syncSliceOccupancy(), syncResamplingChanges(() => whenIdle(SOON)), syncPatchShares()];
  return () => {
    for (const end of ends) end();
  };
}
