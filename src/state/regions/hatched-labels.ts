/**
 * Selectors of the voxels that the viewers hatch: differences from a compared definition, otherwise labels
 * that change in the round trip.
 */
import { memo } from "../../base/memo.ts";
import { diffDefinitions, diffVoxels } from "../../domain/dataset/definition-diff.ts";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import type { AppState } from "../app-state.ts";
import { entryBits, selectChangedEntries, selectLabels, selectRegionSet } from "../case/case-selectors.ts";

/** Voxels whose regions differ in the compared definition; null if the viewers show no such comparison. */
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
 * A bit set of the palette entries to hatch; null for none. A comparison replaces the hatching of the round
 * trip.
 */
export function selectHatchBits(s: AppState): Uint32Array | null {
  if (s.otherDefinition) return selectDiffEntries(s);
  return s.showChanged ? selectChangedEntries(s) : null;
}
