/**
 * Finds the entries of `labels` that an edit of a region changes: the page shows regions, dataset.json has
 * entries. Pure.
 */
import type { DatasetDefinition } from "./dataset-definition.ts";
import { effectiveEntries, labelsIn } from "./label-entries.ts";
import { entryIndex, orderedNames } from "./label-entry-order.ts";
import type { Region } from "./region-set.ts";

/**
 * The position of a region in dataset.json. Indices count `definition.labels`, including background and
 * repeated names.
 */
export interface RegionEntry {
  /** The entry that determines the labels: the last of several with the same name. */
  readonly index: number;
  /** The entry that determines the position: the first of several with the same name. */
  readonly place: number;
  /** Position in `regions_class_order`; null for background and the ignore label, which have none. */
  readonly orderPlace: number | null;
  readonly labels: readonly number[];
}

/** The entry with that name, or null. Also reads version 1 files, which swap names and values. */
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
 * The entry that a region will have once the first edit creates a dataset.json from the volume's labels:
 * background first, then every whole label above 0, ascending. Null for labels that nnU-Net does not allow.
 */
export function futureEntry(regions: readonly Region[], name: string): RegionEntry | null {
  const entries = regions
    .filter(({ labels: [value = 0] }) => Number.isInteger(value) && value > 0)
    .toSorted((a, b) => (a.labels[0] ?? 0) - (b.labels[0] ?? 0));
  const at = entries.findIndex((region) => region.name === name);
  const region = entries[at];
  return region ? { index: at + 1, place: at + 1, orderPlace: at, labels: region.labels } : null;
}

/** A name that no entry has: `wanted`, otherwise `wanted 2`, and so on. */
export function freeName(taken: Iterable<string>, wanted: string): string {
  const names = new Set(taken);
  let name = wanted;
  for (let n = 2; names.has(name); n++) name = `${wanted} ${n}`;
  return name;
}
