/** Actions that store what resampling changed, and how much of the comparison is done. */
import type { ResamplingChanges } from "../../domain/training-grid/resampling-changes.ts";
import type { ResamplingChangesQuery } from "../slices/resampling-changes-slice.ts";
import { useStore } from "../store.ts";

export function resamplingChangesProgressed(resamplingChangesProgress: number | null): void {
  useStore.setState({ resamplingChangesProgress });
}

export function resamplingChangesArrived(query: ResamplingChangesQuery, result: ResamplingChanges): void {
  useStore.setState({ resamplingChanges: { query, result } });
}
