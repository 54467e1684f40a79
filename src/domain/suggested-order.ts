import type { DatasetDefinition } from "./dataset-definition.ts";
import { type Region, type RegionSet, regionSetFromDefinition } from "./region-set.ts";

/**
 * A `regions_class_order` that brings labels back: for each region the lowest label that none of the regions after it holds.
 * A region made up of regions after it has none and needs none, since they are written over it; it gets its lowest label.
 * Null where a region would be lost (it is written before one that it lies within, say) or nothing trains on regions.
 */
export function suggestedOrder(from: RegionSet | DatasetDefinition): number[] | null {
  return orderFor(predicted(from));
}

/**
 * The regions in a sequence in which every parent comes before its children, kept as written otherwise, with the
 * `regions_class_order` for it. Null where no sequence brings a label of each region back, or nothing trains on regions.
 */
export function suggestedSequence(
  from: RegionSet | DatasetDefinition,
): { readonly names: readonly string[]; readonly order: readonly number[] } | null {
  // A parent has more labels than its children, and sorting is stable.
  const written = predicted(from);
  const parentsFirst = written.every((r, i) => !written.slice(i + 1).some((later) => isWithin(r, later)));
  const sequence = parentsFirst ? written : written.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const order = orderFor(sequence);
  return order && { names: sequence.map((r) => r.name), order };
}

/** Whether every label of `inner` is in `outer`, which holds more. */
export function isWithin(inner: Region, outer: Region): boolean {
  return (
    sizeOf(inner) > 0 && sizeOf(inner) < sizeOf(outer) && inner.labels.every((l) => outer.labels.includes(l))
  );
}

const sizeOf = (region: Region) => new Set(region.labels).size;

function predicted(from: RegionSet | DatasetDefinition): Region[] {
  const set = "regions" in from ? from : regionSetFromDefinition(from);
  return set.trainsOn === "regions" && !set.fromMasks ? set.regions.filter((r) => !r.ignore) : [];
}

function orderFor(regions: readonly Region[]): number[] | null {
  if (regions.length === 0) return null;
  const order: number[] = [];
  for (const [i, region] of regions.entries()) {
    const later = regions.slice(i + 1);
    const labels = region.labels.filter((label) => label > 0);
    const own = labels.filter((label) => !later.some((r) => r.labels.includes(label)));
    const parts = later.filter((r) => isWithin(r, region));
    const isMadeUp = labels.every((label) => parts.some((r) => r.labels.includes(label)));
    if (labels.length === 0 || (own.length === 0 && !isMadeUp)) return null;
    order.push(Math.min(...(own.length > 0 ? own : labels)));
  }
  return order;
}
