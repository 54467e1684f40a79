/**
 * Models in plain loops what nnU-Net does with a label map and its dataset.json, to check label maps made of
 * masks.
 */
import { labelsIn } from "../../domain/dataset/label-entries.ts";
import { voxelCount } from "../../domain/geometry/grid.ts";
import { type LabelMap, labelsByIndex, planLabelMap, type RegionForm } from "../../domain/masks/label-map.ts";
import { CombinationFinder } from "../../domain/masks/mask-combinations.ts";
import type { MaskStack } from "../../domain/volume/palette-volume.ts";
import { definitionOfForm } from "../dataset/new-dataset.ts";

export interface MadeLabels {
  readonly map: LabelMap;
  readonly indices: Uint8Array | Uint16Array;
  readonly labelOf: Uint16Array;
  /** Label of each voxel. */
  readonly labels: Uint16Array;
}

export function labelMapOf({ names, grid, bitPlanes }: MaskStack): MadeLabels {
  const finder = new CombinationFinder(bitPlanes.length, voxelCount(grid.shape));
  finder.add(bitPlanes);
  const { combinations, indices } = finder.finish();
  const map = planLabelMap(names, combinations);
  const labelOf = labelsByIndex(combinations, map);
  const labels = new Uint16Array(indices.length);
  for (let voxel = 0; voxel < labels.length; voxel++) labels[voxel] = labelOf[indices[voxel] ?? 0] ?? 0;
  return { map, indices, labelOf, labels };
}

/** Returns, for each entry of `labels` except background, its name and a mask of its voxels. */
export function masksIn(form: RegionForm, labels: Uint16Array): Map<string, Uint8Array> {
  const entries = definitionOfForm(form).labels.filter(({ name }) => name !== "background");
  return new Map(
    entries.map(({ name, value }) => {
      const isOwn = new Uint8Array(65_536);
      for (const label of labelsIn(value)) isOwn[label] = 1;
      const mask = new Uint8Array(labels.length);
      for (let voxel = 0; voxel < mask.length; voxel++) mask[voxel] = isOwn[labels[voxel] ?? 0] ?? 0;
      return [name, mask];
    }),
  );
}

/** Counts the voxels at which two volumes differ. */
export function differing(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let count = Math.abs(a.length - b.length);
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) count++;
  return count;
}

/**
 * Predicts each region perfectly and writes the regions like
 * `LabelManager.convert_probabilities_to_segmentation`.
 */
export function predicted(form: RegionForm, labels: Uint16Array): Uint16Array {
  const { regionsClassOrder } = definitionOfForm(form);
  // Without regions nnU-Net trains on labels, and a perfect prediction gives each voxel's label.
  if (!regionsClassOrder) return labels.slice();
  const segmentation = new Uint16Array(labels.length);
  const regions = [...masksIn(form, labels).values()];
  for (const [i, region] of regions.entries()) {
    for (let voxel = 0; voxel < region.length; voxel++) {
      if (region[voxel]) segmentation[voxel] = Number(regionsClassOrder[i]);
    }
  }
  return segmentation;
}
