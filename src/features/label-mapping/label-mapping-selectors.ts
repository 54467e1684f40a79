/** Selectors of the round trip: how regions_class_order turns each label into another or itself. */
import { memo } from "../../base/memo.ts";
import { type LabelMapping, labelMapping, type MappingOutcome } from "../../domain/dataset/label-mapping.ts";
import type { Region, RegionSet } from "../../domain/dataset/region-set.ts";
import { labelDifference } from "../../domain/dataset/relations.ts";
import { decidingRegions, decodedLabels } from "../../domain/dataset/round-trip.ts";
import {
  repairedOrder,
  type Sequence,
  suggestedOrder,
  suggestedSequence,
} from "../../domain/dataset/suggested-order.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectLabels, selectRegionSet } from "../../state/case/case-selectors.ts";
import { isMinusOneOutside } from "../../state/case/minus-one.ts";
import { selectLabelNames } from "../../state/regions/label-names.ts";

/** One label, the regions that write it, and what it comes back as. */
export interface MappingRow extends LabelMapping {
  readonly name: string | null;
  readonly decodedName: string | null;
  /** Voxels in the open volume, 0 for a label only in the definition; null without a volume. */
  readonly voxels: number | null;
}

export interface MappingSummary {
  /** Labels of the volume, or of the definition if no volume is open. */
  readonly labels: number;
  readonly changed: number;
  /** Null without a volume. */
  readonly changedVoxels: number | null;
  /** Labels of the definition that are not in this volume. */
  readonly unseen: number;
  readonly unseenChanged: number;
  /** Number of lines by outcome, unseen labels included. */
  readonly outcomes: Readonly<Record<MappingOutcome, number>>;
}

/** Tells whether a label should come back but does not. */
export function isChanged(outcome: MappingOutcome): boolean {
  return outcome === "wrong" || outcome === "merged" || outcome === "lost";
}

/**
 * One line per label of the volume and the definition; changed labels come first. Background has no line,
 * because nothing is expected to come back from it, nor has -1 outside the nonzero mask. Null for masks or if
 * nothing is open.
 */
export const selectLabelLines = memo(
  (s: AppState) => [s.openCase, selectRegionSet(s), selectLabels(s), selectLabelNames(s)],
  (openCase, set, labels, names): readonly MappingRow[] | null => {
    if (!set || set.fromMasks) return null;
    const voxels = openCase ? new Map(labels.map((entry) => [entry.value, entry.voxels])) : null;
    const values = new Set([...(voxels?.keys() ?? []), ...set.regions.flatMap((region) => region.labels)]);
    values.delete(0);
    if (isMinusOneOutside(openCase)) values.delete(-1);
    const lines = labelMapping(set, values).map((mapping) => ({
      ...mapping,
      name: names.get(mapping.label) ?? null,
      decodedName: names.get(mapping.decodedAs) ?? null,
      voxels: voxels ? (voxels.get(mapping.label) ?? 0) : null,
    }));
    return lines.sort((a, b) => rank(a) - rank(b) || a.label - b.label);
  },
);

function rank({ outcome, voxels }: MappingRow): number {
  return (isChanged(outcome) ? 0 : 2) + (voxels === 0 ? 1 : 0);
}

export const selectMappingSummary = memo(
  (s: AppState) => [selectLabelLines(s)],
  (lines): MappingSummary | null => {
    if (!lines) return null;
    const outcomes = { same: 0, wrong: 0, merged: 0, lost: 0, ignored: 0 };
    for (const { outcome } of lines) outcomes[outcome] += 1;
    const seen = lines.filter(({ voxels }) => voxels !== 0);
    const changed = seen.filter(({ outcome }) => isChanged(outcome));
    const hasVolume = lines.some(({ voxels }) => voxels !== null);
    return {
      labels: seen.length,
      changed: changed.length,
      changedVoxels: hasVolume ? changed.reduce((sum, line) => sum + (line.voxels ?? 0), 0) : null,
      unseen: lines.length - seen.length,
      unseenChanged: lines.filter(({ outcome, voxels }) => voxels === 0 && isChanged(outcome)).length,
      outcomes,
    };
  },
);

/** Values of `regions_class_order`, and how many labels come back with them. */
interface JudgedOrder {
  readonly order: readonly (number | null)[];
  readonly back: number;
}

/** The file's order, and orders that do better or as well. */
export interface OrderAdvice {
  /** Names of the predicted regions, in the order they are written. */
  readonly names: readonly string[];
  readonly written: JudgedOrder;
  /** Labels above 0 in any region. */
  readonly labels: number;
  /** Keeps values that work; null if no order brings back a label of every region. */
  readonly repaired: JudgedOrder | null;
  /** Ignores the file's values: the lowest label of each region that no later region overwrites. */
  readonly suggested: JudgedOrder | null;
  /** If no order helps: the regions in another sequence. */
  readonly sequence: Sequence | null;
  /** If neither helps: regions that are overwritten completely, and by which. */
  readonly erased: readonly { readonly name: string; readonly by: readonly string[] }[];
}

/** Null unless the dataset trains on regions. */
export const selectOrderAdvice = memo(
  (s: AppState) => [selectRegionSet(s)],
  (set): OrderAdvice | null => {
    if (!set || set.fromMasks || set.trainsOn === "labels") return null;
    const regions = set.regions.filter((region) => !region.ignore);
    const judged = (order: readonly (number | null)[] | null) =>
      order && { order, back: labelsThatComeBack(set, regions, order) };
    const written = regions.map((region) => region.classOrder);
    const repaired = repairedOrder(set);
    const sequence = repaired ? null : suggestedSequence(set);
    return {
      names: regions.map((region) => region.name),
      written: { order: written, back: labelsThatComeBack(set, regions, written) },
      labels: new Set(regions.flatMap((region) => region.labels).filter((label) => label > 0)).size,
      repaired: judged(repaired),
      suggested: judged(suggestedOrder(set)),
      sequence,
      erased: repaired || sequence ? [] : erasedRegions(set),
    };
  },
);

/** Regions overwritten everywhere by regions that are not their own parts. */
function erasedRegions(set: RegionSet): { name: string; by: string[] }[] {
  const last = decidingRegions(set);
  return set.regions.flatMap((region) => {
    const labels = region.labels.filter((label) => label > 0);
    const over = new Set(labels.map((label) => last.get(label)).filter((other) => other !== undefined));
    if (region.ignore || labels.length === 0 || over.has(region)) return [];
    const foreign = [...over].filter((other) => {
      const { onlyA, onlyB } = labelDifference(other, region);
      return onlyA.length > 0 || onlyB.length === 0;
    });
    return foreign.length > 0 ? [{ name: region.name, by: foreign.map((other) => other.name) }] : [];
  });
}

function labelsThatComeBack(
  set: RegionSet,
  regions: readonly Region[],
  order: readonly (number | null)[],
): number {
  const reordered = regions.map((region, i) => ({ ...region, classOrder: order[i] ?? null }));
  let back = 0;
  for (const [label, to] of decodedLabels({ ...set, regions: reordered }))
    if (label === to && label > 0) back++;
  return back;
}
