/** Which voxels the viewers hatch: what differs from a compared definition, else what does not come back. */
import { memo } from "../../base/memo.ts";
import { diffDefinitions, diffVoxels } from "../../domain/dataset/definition-diff.ts";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import type { AppState } from "../app-state.ts";
import { entryBits, selectChangedEntries, selectLabels, selectRegionSet } from "../case/case-selectors.ts";

/**
 * Voxels that are in other regions in the compared definition; null where nothing is compared in the viewers.
 */
export const selectDiffVoxels = memo(
  (s: AppState) => [s.otherDefinition, selectRegionSet(s), selectLabels(s)],
  (compared, set, labels) =>
    compared && set && labels.length > 0
      ? diffVoxels(diffDefinitions(regionSetFromDefinition(compared.definition), set), labels)
      : null,
);

const selectDiffEntries = memo(
  (s: AppState) => [s.openCase, selectDiffVoxels(s)],
  (openCase, voxels): Uint32Array | null => {
    if (openCase?.source.kind !== "labels" || !voxels || voxels.labels.length === 0) return null;
    return entryBits(openCase.source.volume.palette, new Set(voxels.labels));
  },
);

/**
 * Palette entries to hatch, as bits; null for none. A comparison takes the place of the round trip's hatch.
 */
export function selectHatchBits(s: AppState): Uint32Array | null {
  if (s.otherDefinition) return selectDiffEntries(s);
  return s.showChanged ? selectChangedEntries(s) : null;
}
