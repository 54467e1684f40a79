/** Selectors of how the regions of the open case relate, by labels or by voxels. */
import { memo } from "../../base/memo.ts";
import { containmentOrder } from "../../domain/dataset/containment.ts";
import type { RegionSet } from "../../domain/dataset/region-set.ts";
import { labelRelations, type Relations, voxelRelations } from "../../domain/dataset/relations.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectRegionSet } from "../../state/case/case-selectors.ts";

/** Most regions in the matrix, a million pairs; more would neither fit on the screen nor in memory. */
export const MAX_RELATED = 1000;

export type RelationUnit = Relations["unit"];

const selectLabelRelations = memo(
  (s: AppState) => [selectRegionSet(s)],
  (set) => (set && !set.fromMasks && isFew(set) ? labelRelations(set.regions) : null),
);

const selectVoxelRelations = memo(
  (s: AppState) => [s.openCase?.source, selectRegionSet(s)],
  (source, set) => (source && set && isFew(set) ? voxelRelations(source, set.regions) : null),
);

function isFew(set: RegionSet): boolean {
  return set.regions.length <= MAX_RELATED;
}

/** Null if the regions lack the unit (masks have no labels, a definition alone no voxels) or are too many. */
export function selectRelations(s: AppState, unit: RelationUnit): Relations | null {
  return unit === "labels" ? selectLabelRelations(s) : selectVoxelRelations(s);
}

const selectLabelContainment = memo((s: AppState) => [selectLabelRelations(s)], containmentOf);
const selectVoxelContainment = memo((s: AppState) => [selectVoxelRelations(s)], containmentOf);

/** Channels grouped by containment. */
export function selectContainment(s: AppState, unit: RelationUnit): readonly number[] {
  return unit === "labels" ? selectLabelContainment(s) : selectVoxelContainment(s);
}

const NO_ORDER: readonly number[] = [];

function containmentOf(relations: Relations | null): readonly number[] {
  return relations ? containmentOrder(relations) : NO_ORDER;
}
