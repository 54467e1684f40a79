/** Computes what a perfect prediction turns each label into. */
import type { Region, RegionSet } from "./region-set.ts";

interface RoundTripChange {
  readonly from: number;
  readonly to: number;
  readonly voxels: number;
}

/** The result of a perfect prediction. */
export interface RoundTrip {
  readonly lossless: boolean;
  readonly changedVoxels: number;
  /** Labels that come back as another, ascending. */
  readonly changes: readonly RoundTripChange[];
}

/**
 * The label that a perfect prediction turns each label of the regions into: nnU-Net starts from 0 and, for
 * each region in order, writes `regions_class_order[i]` where the region is present, so that later regions
 * win (`LabelManager.convert_probabilities_to_segmentation`). Trained on labels, every label of the
 * definition stays. Labels that no region writes are missing: they come back as 0. So does -1, which training
 * turns into background (`RemoveLabelTansform(-1, 0)`) before it makes the regions.
 */
export function decodedLabels(set: RegionSet): ReadonlyMap<number, number> {
  const back = new Map<number, number>();
  for (const region of set.regions) {
    if (region.ignore) continue;
    for (const label of region.labels) {
      if (label === -1) continue;
      if (set.trainsOn === "labels") back.set(label, label);
      else if (region.classOrder !== null) back.set(label, region.classOrder);
    }
  }
  return back;
}

/** For every label, the last region that holds it, whose entry it comes back as. */
export function decidingRegions(set: RegionSet): ReadonlyMap<number, Region> {
  const last = new Map<number, Region>();
  for (const region of set.regions)
    if (!region.ignore) for (const label of region.labels) last.set(label, region);
  return last;
}

/** Background and the ignore label, which are not expected to come back. */
function exemptLabels(set: RegionSet): ReadonlySet<number> {
  return new Set([0, ...set.regions.filter((r) => r.ignore).flatMap((r) => r.labels)]);
}

/**
 * Sends a volume's labels through training targets and back. Background and the ignore label never count
 * as changes. Masks have no labels to lose.
 * @param labels of a label file; -1 outside the nonzero mask of preprocessed labels is none
 */
export function roundTrip(
  set: RegionSet,
  labels: readonly { readonly value: number; readonly voxels: number }[],
): RoundTrip {
  if (set.fromMasks) return { lossless: true, changedVoxels: 0, changes: [] };
  const exempt = exemptLabels(set);
  const back = decodedLabels(set);
  const changes = labels
    .filter(({ value }) => !exempt.has(value))
    .map(({ value, voxels }) => ({ from: value, to: back.get(value) ?? 0, voxels }))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => a.from - b.from);
  const changedVoxels = changes.reduce((sum, change) => sum + change.voxels, 0);
  return { lossless: changes.length === 0, changedVoxels, changes };
}
