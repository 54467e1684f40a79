/** Reads the entries of `labels` as nnU-Net does. */
import type { DatasetDefinition, LabelEntry } from "./dataset-definition.ts";

/**
 * All numbers in a label entry: flattens nested lists, parses numeric strings, treats true and false as 1 and
 * 0 like Python, and skips everything else.
 */
export function labelsIn(value: unknown): number[] {
  if (typeof value === "number") return Number.isFinite(value) ? [value] : [];
  if (typeof value === "string") return isNumeric(value) ? [Number(value)] : [];
  if (typeof value === "boolean") return [Number(value)];
  if (Array.isArray(value)) return value.flatMap(labelsIn);
  return [];
}

/** True if an entry holds anything that is no number in any form, so that its labels are unknown. */
export function isUnreadable({ name, value }: LabelEntry): boolean {
  if (name === "ignore") return false;
  const parts: unknown[] = [value].flat(Number.POSITIVE_INFINITY);
  return parts.some((part) => labelsIn(part).length === 0);
}

/** Python treats false as 0. */
const isZero = (value: unknown) => value === 0 || value === false;

function isNumeric(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

/** nnU-Net omits an entry from the regions if it is 0 or a list of zeros (`LabelManager._get_regions`). */
export function isBackground(value: unknown): boolean {
  return isZero(value) || (Array.isArray(value) && value.length > 0 && value.every(isZero));
}

/** True if this is a version 1 file, which maps numbers to names: `{"0": "background", "1": "liver"}`. */
export function isInverted(definition: DatasetDefinition): boolean {
  return (
    definition.labels.length > 0 &&
    definition.labels.every(
      (e) => /^\d+$/.test(e.name.trim()) && typeof e.value === "string" && !isNumeric(e.value),
    )
  );
}

/**
 * The entries as nnU-Net's JSON parser returns them: a duplicate key keeps its first place and its last
 * value. Entries of a version 1 file are swapped first, so that its labels can be shown.
 */
export function effectiveEntries(definition: DatasetDefinition): LabelEntry[] {
  const entries = isInverted(definition) ? definition.labels.map(invertVersion1) : definition.labels;
  const byName = new Map<string, LabelEntry>();
  for (const entry of entries) byName.set(entry.name, entry);
  return [...byName.values()];
}

function invertVersion1(entry: LabelEntry): LabelEntry {
  return { name: String(entry.value), value: Number(entry.name), text: entry.name.trim() };
}

/** The ignore label's entry; nnU-Net treats `null` as none. */
export function ignoreEntry(entries: readonly LabelEntry[]): LabelEntry | null {
  const entry = entries.find((e) => e.name === "ignore");
  return entry && entry.value !== null ? entry : null;
}

/**
 * True if nnU-Net trains on regions: some entry is a list longer than 1 (`LabelManager.has_regions`). A list
 * for `ignore` does not count, because nnU-Net stops there.
 */
export function hasRegions(entries: readonly LabelEntry[]): boolean {
  return entries.some((e) => e.name !== "ignore" && Array.isArray(e.value) && e.value.length > 1);
}

/** All values in the definition, ascending, truncated by `int()` (`LabelManager.all_labels`). */
export function knownLabels(entries: readonly LabelEntry[], withIgnore: boolean): number[] {
  const used = entries.filter((e) => withIgnore || e.name !== "ignore");
  return [...new Set(used.flatMap((e) => labelsIn(e.value)).map(Math.trunc))].sort((a, b) => a - b);
}
