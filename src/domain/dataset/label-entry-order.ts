/** Maps entries of `labels` to channels: an editor changes entries, a table shows channels. */
import type { DatasetDefinition } from "./dataset-definition.ts";
import { effectiveEntries, isBackground } from "./label-entries.ts";

/**
 * Names of the entries with a place in `regions_class_order`, in channel order: all except background and the
 * ignore label (`LabelManager._get_regions`). They have a place even if the dataset has no regions yet.
 */
export function orderedNames(definition: DatasetDefinition): string[] {
  return effectiveEntries(definition)
    .filter((e) => e.name !== "ignore" && !isBackground(e.value))
    .map((e) => e.name);
}

/** Index in `definition.labels` of the entry that counts for a name, which is the last; -1 if absent. */
export function entryIndex(definition: DatasetDefinition, name: string): number {
  const inverted = definition.labels.findLastIndex((e) => e.value === name);
  const index = definition.labels.findLastIndex((e) => e.name === name);
  return index >= 0 ? index : inverted;
}
