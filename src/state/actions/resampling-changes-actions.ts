/** Actions that store what resampling changed, and how much of the comparison is done. */
import type { ResamplingChanges } from "../../domain/training-grid/resampling-changes.ts";
import type { ResamplingChangesQuery } from "../slices/resampling-changes-slice.ts";
import { useStore } from "../store.ts";

/** In whole percents, so that the page is not updated more often than anyone sees. */
export function resamplingChangesProgressed(fraction: number | null): void {
  const { resamplingChangesProgress: before } = useStore.getState();
  const resamplingChangesProgress = fraction === null ? null : Math.floor(100 * fraction) / 100;
  if (resamplingChangesProgress !== before) useStore.setState({ resamplingChangesProgress });
}

export function resamplingChangesArrived(query: ResamplingChangesQuery, result: ResamplingChanges): void {
  useStore.setState({ resamplingChanges: { query, result } });
}
