/** Says whether the label file has voxels of a region that the shown grid has none of. */
import type { AppState } from "../../state/app-state.ts";
import { selectDrawnRegions, selectStoredLabels } from "../../state/case/case-selectors.ts";

/** True of masks, whose voxels on the stored grid are not counted. */
export function isInFile(s: AppState, channel: number): boolean {
  const stored = selectStoredLabels(s);
  if (stored.length === 0) return true;
  const labels = selectDrawnRegions(s)[channel]?.labels ?? [];
  return stored.some(({ value, voxels }) => voxels > 0 && labels.includes(value));
}
