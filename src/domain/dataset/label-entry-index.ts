/**
 * Which entries of `labels` an edit of a region is about: the page shows regions, dataset.json has entries.
 * Pure.
 */
import type { DatasetDefinition } from "./dataset-definition.ts";
import { effectiveEntries, labelsIn } from "./label-entries.ts";
import { entryIndex, orderedNames } from "./label-entry-order.ts";
import type { Region } from "./region-set.ts";

/**
 * Where a region stands in dataset.json; indices count `definition.labels`, background and repeated names
 * included.
 */
export interface RegionEntry {
  /** The entry whose labels count: of several with one name the last. */
  readonly index: number;
  /** The entry whose place counts: of several with one name the first. */
  readonly place: number;
  /** Its place in `regions_class_order`; null for background and the ignore label, which have none. */
  readonly orderPlace: number | null;
  readonly labels: readonly number[];
}

/**
 * The entry with that name, or null. Files of version 1, which have names and values the other way round, are
 * read too.
 */
export function regionEntry(definition: DatasetDefinition, name: string): RegionEntry | null {
  const index = entryIndex(definition, name);
  const entry = effectiveEntries(definition).find((e) => e.name === name);
  if (index < 0 || !entry) return null;
  const first = definition.labels.findIndex((e) => e.name === name);
  const orderPlace = orderedNames(definition).indexOf(name);
  return {
    index,
    place: first >= 0 ? first : index,
    orderPlace: orderPlace >= 0 ? orderPlace : null,
    labels: [...new Set(labelsIn(entry.value))],
  };
}

/**
 * The entry that a region will have once the first edit has made a dataset.json of the volume's labels:
 * background comes first, then every whole label above 0, ascending. Null for labels that nnU-Net cannot
 * have.
 */
export function futureEntry(regions: readonly Region[], name: string): RegionEntry | null {
  const entries = regions
    .filter(({ labels: [value = 0] }) => Number.isInteger(value) && value > 0)
    .toSorted((a, b) => (a.labels[0] ?? 0) - (b.labels[0] ?? 0));
  const at = entries.findIndex((region) => region.name === name);
  const region = entries[at];
  return region ? { index: at + 1, place: at + 1, orderPlace: at, labels: region.labels } : null;
}

/** A name that no entry has: `wanted`, else `wanted 2`, and so on. */
export function freeName(taken: Iterable<string>, wanted: string): string {
  const names = new Set(taken);
  let name = wanted;
  for (let n = 2; names.has(name); n++) name = `${wanted} ${n}`;
  return name;
}
