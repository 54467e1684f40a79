import type { DatasetDefinition } from "./dataset-definition.ts";
import { isWithin, labelSet } from "./label-sets.ts";
import { type Region, type RegionSet, regionSetFromDefinition } from "./region-set.ts";

/**
 * A `regions_class_order` that brings labels back: for each region the lowest label that none of the regions after it holds.
 * A region made up of regions after it has none and needs none, since they are written over it; it gets its lowest label.
 * Null where a region would be lost (it is written before one that it lies within, say) or nothing trains on regions.
 */
export function suggestedOrder(from: RegionSet | DatasetDefinition): number[] | null {
  return orderFor(predicted(from), false);
}

/** As {@link suggestedOrder}, but entries that work as they are stay. */
export function repairedOrder(from: RegionSet | DatasetDefinition): number[] | null {
  return orderFor(predicted(from), true);
}

/** Regions in another sequence, with the `regions_class_order` for it. */
export interface Sequence {
  readonly names: readonly string[];
  readonly order: readonly number[];
}

/**
 * The regions in a sequence in which every parent comes before its children, kept as written otherwise, with the
 * `regions_class_order` for it: entries that work move with their regions. Null where no sequence brings a label of each
 * region back, or nothing trains on regions.
 */
export function suggestedSequence(from: RegionSet | DatasetDefinition): Sequence | null {
  const sequence = parentsFirst(predicted(from));
  const order = orderFor(sequence, true);
  return order && { names: sequence.map((r) => r.name), order };
}

/** A parent moves in front of the first of its children; everything else stays where it is. */
function parentsFirst(regions: readonly Region[]): Region[] {
  const placed = new Set<Region>();
  const place = (region: Region) => {
    if (placed.has(region)) return;
    for (const other of regions) if (!placed.has(other) && isWithin(region, other)) place(other);
    placed.add(region);
  };
  regions.forEach(place);
  return [...placed];
}

function predicted(from: RegionSet | DatasetDefinition): Region[] {
  const set = "regions" in from ? from : regionSetFromDefinition(from);
  return set.trainsOn === "regions" && !set.fromMasks ? set.regions.filter((r) => !r.ignore) : [];
}

function orderFor(regions: readonly Region[], keep: boolean): number[] | null {
  if (regions.length === 0) return null;
  const lastHolder = new Map<number, number>();
  for (const [i, region] of regions.entries()) for (const label of region.labels) lastHolder.set(label, i);
  const order: number[] = [];
  for (const [i, region] of regions.entries()) {
    const value = entryFor(region, i, regions, lastHolder, keep);
    if (value === null) return null;
    order.push(value);
  }
  return order;
}

function entryFor(
  region: Region,
  i: number,
  regions: readonly Region[],
  lastHolder: ReadonlyMap<number, number>,
  keep: boolean,
): number | null {
  const present = keep ? region.classOrder : null;
  const labels = region.labels.filter((label) => label > 0);
  // It is never written.
  if (region.labels.length === 0) return present;
  if (labels.length === 0) return null;
  const own = labels.filter((label) => lastHolder.get(label) === i);
  if (own.length > 0) return present !== null && own.includes(present) ? present : Math.min(...own);
  const parts = regions.slice(i + 1).filter((r) => isWithin(r, region));
  const isMadeUp = labels.every((label) => parts.some((r) => labelSet(r).has(label)));
  if (!isMadeUp) return null;
  return present !== null && labels.includes(present) ? present : Math.min(...labels);
}
