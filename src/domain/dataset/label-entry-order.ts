/** Which entries of `labels` are behind which channels: an editor changes entries, a table shows channels. */
import type { DatasetDefinition } from "./dataset-definition.ts";
import { effectiveEntries, isBackground } from "./label-entries.ts";

/**
 * Names of the entries that have a place in `regions_class_order`, in channel order: all but the ignore label
 * and background (`LabelManager._get_regions`). They have one whether or not the dataset is in region mode
 * already.
 */
export function orderedNames(definition: DatasetDefinition): string[] {
  return effectiveEntries(definition)
    .filter((e) => e.name !== "ignore" && !isBackground(e.value))
    .map((e) => e.name);
}

/**
 * The index in `definition.labels` of the entry that counts for a name, which is the last one; -1 if there is
 * none.
 */
export function entryIndex(definition: DatasetDefinition, name: string): number {
  const inverted = definition.labels.findLastIndex((e) => e.value === name);
  const index = definition.labels.findLastIndex((e) => e.name === name);
  return index >= 0 ? index : inverted;
}
