import { useMemo } from "react";
import { selectRegionTable } from "../../state/selectors.ts";
import { selectRegionSlices } from "../../state/slice-selectors.ts";
import { useStore } from "../../state/store.ts";

/** First and last slice along an axis that has any of some channels. Not `known` while that is computed; null for no voxel. */
export function useSliceRange(
  channels: readonly number[],
  axis: 0 | 1 | 2,
): { readonly known: boolean; readonly range: readonly [number, number] | null } {
  const slices = useStore(selectRegionSlices);
  const table = useStore(selectRegionTable);
  return useMemo(
    () => ({ known: slices !== null, range: slices?.range(table, channels, axis) ?? null }),
    [slices, table, channels, axis],
  );
}
