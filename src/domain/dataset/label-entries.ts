import type { DatasetDefinition, LabelEntry } from "./dataset-definition.ts";

/**
 * Every number in a label entry, nested lists opened, numeric strings read, and true and false taken as
 * Python takes them, for 1 and 0; what is not a number is left out.
 */
export function labelsIn(value: unknown): number[] {
  if (typeof value === "number") return Number.isFinite(value) ? [value] : [];
  if (typeof value === "string") return isNumeric(value) ? [Number(value)] : [];
  if (typeof value === "boolean") return [Number(value)];
  if (Array.isArray(value)) return value.flatMap(labelsIn);
  return [];
}

/** Whether an entry holds something that is no number in any form: what its labels are is not known then. */
export function isUnreadable({ name, value }: LabelEntry): boolean {
  if (name === "ignore") return false;
  const parts: unknown[] = [value].flat(Number.POSITIVE_INFINITY);
  return parts.some((part) => labelsIn(part).length === 0);
}

/** 0 to Python. */
const isZero = (value: unknown) => value === 0 || value === false;

function isNumeric(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

/**
 * nnU-Net leaves an entry out of the regions if it is 0 or a list that holds nothing but 0
 * (`LabelManager._get_regions`).
 */
export function isBackground(value: unknown): boolean {
  return isZero(value) || (Array.isArray(value) && value.length > 0 && value.every(isZero));
}

/** A version 1 file names values instead of numbering names: `{"0": "background", "1": "liver"}`. */
export function isInverted(definition: DatasetDefinition): boolean {
  return (
    definition.labels.length > 0 &&
    definition.labels.every(
      (e) => /^\d+$/.test(e.name.trim()) && typeof e.value === "string" && !isNumeric(e.value),
    )
  );
}

/**
 * The entries as nnU-Net's JSON parser hands them on: a duplicate key keeps its first place and its last
 * value. A version 1 file is turned around first, so that its labels can be shown.
 */
export function effectiveEntries(definition: DatasetDefinition): LabelEntry[] {
  const entries = isInverted(definition) ? definition.labels.map(turnAround) : definition.labels;
  const byName = new Map<string, LabelEntry>();
  for (const entry of entries) byName.set(entry.name, entry);
  return [...byName.values()];
}

function turnAround(entry: LabelEntry): LabelEntry {
  return { name: String(entry.value), value: Number(entry.name), text: entry.name.trim() };
}

/** The ignore label's entry; nnU-Net takes `null` for none. */
export function ignoreEntry(entries: readonly LabelEntry[]): LabelEntry | null {
  const entry = entries.find((e) => e.name === "ignore");
  return entry && entry.value !== null ? entry : null;
}

/**
 * Whether nnU-Net trains on regions: some entry is a list longer than 1 (`LabelManager.has_regions`). It
 * stops where `ignore` is a list, so such a list does not make regions of the other entries.
 */
export function hasRegions(entries: readonly LabelEntry[]): boolean {
  return entries.some((e) => e.name !== "ignore" && Array.isArray(e.value) && e.value.length > 1);
}

/**
 * Every value that the definition knows, ascending, as `int()` leaves it (`LabelManager.all_labels`); ignore
 * only if asked for.
 */
export function knownLabels(entries: readonly LabelEntry[], withIgnore: boolean): number[] {
  const used = entries.filter((e) => withIgnore || e.name !== "ignore");
  return [...new Set(used.flatMap((e) => labelsIn(e.value)).map(Math.trunc))].sort((a, b) => a - b);
}
