/** Compares two definitions: their regions, and the voxels of the open case that change region. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import {
  type DefinitionDiff,
  diffDefinitions,
  diffVoxels,
  type VoxelDiff,
} from "../../domain/dataset/definition-diff.ts";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";

export interface DiffWithVoxels {
  readonly diff: DefinitionDiff;
  /** Null if no label volume is open. */
  readonly voxels: VoxelDiff | null;
}

/** @param labels of the open volume; null if none is open */
export function diffWithVoxels(
  from: DatasetDefinition,
  to: DatasetDefinition,
  labels: Parameters<typeof diffVoxels>[1] | null,
): DiffWithVoxels {
  const diff = diffDefinitions(regionSetFromDefinition(from), regionSetFromDefinition(to));
  return { diff, voxels: labels ? diffVoxels(diff, labels) : null };
}
