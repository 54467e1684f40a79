/** Describes names that label volumes carry, and joins them. */

/** A name (and colour) that a label volume carries for one of its values. */
export interface LabelName {
  readonly value: number;
  readonly name: string;
  /** sRGB, each 0..1. */
  readonly color: readonly [number, number, number] | null;
  /** True if it is a region even without voxels, like a segment that has not been painted yet. */
  readonly listed?: boolean;
}

/** Joins the names of two sources; `second` wins for labels that both name. */
export function joinLabelNames(first: readonly LabelName[], second: readonly LabelName[]): LabelName[] {
  const names = new Map(first.map((entry) => [entry.value, entry]));
  for (const entry of second) names.set(entry.value, { ...names.get(entry.value), ...entry });
  return [...names.values()];
}

/** The notice for a table of names that was opened with masks, which have their own names. */
export function noUseForMasks(file: string): string {
  return `${file}: masks have no labels that a table could name. Open it with a label map.`;
}
