/** Suggests a `regions_class_order`, or an order of regions, that restores the labels. */
import type { DatasetDefinition } from "./dataset-definition.ts";
import { isLabel, type Region, type RegionSet, regionSetFromDefinition } from "./region-set.ts";
import { labelRelations, type Relations } from "./relations.ts";

/**
 * A `regions_class_order` that restores labels: for each region the lowest label that no later region holds.
 * A region made up entirely of later ones has none and needs none, since they overwrite it; it gets its
 * lowest label. Null if a region would be lost, for example because it precedes one that contains it, or if
 * nothing trains on regions.
 */
export function suggestedOrder(from: RegionSet | DatasetDefinition): number[] | null {
  return orderFor(predicted(from), false);
}

/** {@link suggestedOrder} that keeps entries which already work. */
export function repairedOrder(from: RegionSet | DatasetDefinition): number[] | null {
  return orderFor(predicted(from), true);
}

/** Regions in another order, with the matching `regions_class_order`. */
export interface Sequence {
  readonly names: readonly string[];
  readonly order: readonly number[];
}

/**
 * The regions with every parent before its children, otherwise in file order, and the matching
 * `regions_class_order`: entries that work move with their regions. Null if no order restores a label of each
 * region, or if nothing trains on regions.
 */
export function suggestedSequence(from: RegionSet | DatasetDefinition): Sequence | null {
  const sequence = parentsFirst(predicted(from));
  const order = orderFor(sequence, true);
  return order && { names: sequence.regions.map((r) => r.name), order };
}

/** Regions that prediction writes, in some order; `channels` are their indices in `relations`. */
interface Written {
  readonly regions: readonly Region[];
  readonly channels: readonly number[];
  readonly relations: Relations;
}

function predicted(from: RegionSet | DatasetDefinition): Written {
  const set = "regions" in from ? from : regionSetFromDefinition(from);
  const relations = labelRelations(set.regions);
  if (set.trainsOn === "labels" || set.fromMasks) return { regions: [], channels: [], relations };
  const channels = set.regions.flatMap((r, channel) => (r.ignore ? [] : [channel]));
  return { regions: set.regions.filter((r) => !r.ignore), channels, relations };
}

/** Moves each parent before its first child; everything else stays in place. */
function parentsFirst({ regions, channels, relations }: Written): Written {
  const placed = new Set<number>();
  const place = (channel: number) => {
    if (placed.has(channel)) return;
    for (const other of channels) {
      if (!placed.has(other) && relations.relation(channel, other) === "inside") place(other);
    }
    placed.add(channel);
  };
  channels.forEach(place);
  const byChannel = new Map(channels.map((channel, i) => [channel, regions[i]]));
  const sequence = [...placed];
  return {
    regions: sequence.flatMap((channel) => byChannel.get(channel) ?? []),
    channels: sequence,
    relations,
  };
}

function orderFor(written: Written, keep: boolean): number[] | null {
  const { regions } = written;
  if (regions.length === 0) return null;
  const decidingRegion = new Map<number, number>();
  for (const [i, region] of regions.entries())
    for (const label of region.labels) decidingRegion.set(label, i);
  const order: number[] = [];
  for (const [i, region] of regions.entries()) {
    const own = region.labels.filter((label) => isLabel(label) && decidingRegion.get(label) === i);
    const value = entryFor(region, own, keep, () => isMadeUp(i, written));
    if (value === null) return null;
    order.push(value);
  }
  return order;
}

/** @param own labels that no later region holds */
function entryFor(
  region: Region,
  own: readonly number[],
  keep: boolean,
  isMadeUpOfLater: () => boolean,
): number | null {
  const present = keep ? region.classOrder : null;
  // A region without labels is never written.
  if (region.labels.length === 0) return present;
  const labels = own.length > 0 ? own : region.labels.filter(isLabel);
  if (labels.length === 0 || (own.length === 0 && !isMadeUpOfLater())) return null;
  return present !== null && labels.includes(present) ? present : Math.min(...labels);
}

/** True if each label of the region also belongs to a later region within it. */
function isMadeUp(i: number, { regions, channels, relations }: Written): boolean {
  const inside = new Set(
    regions
      .slice(i + 1)
      .filter((_, k) => relations.relation(channels[i + 1 + k] ?? 0, channels[i] ?? 0) === "inside")
      .flatMap((r) => r.labels),
  );
  return (regions[i]?.labels ?? []).every((label) => label <= 0 || inside.has(label));
}
