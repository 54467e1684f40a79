/** A name (and colour) that a label volume itself carries for one of its values. */
export interface LabelName {
  readonly value: number;
  readonly name: string;
  /** sRGB, each 0..1. */
  readonly color: readonly [number, number, number] | null;
  /** It is a region of the volume even where it has no voxels, as a segment is that was not painted yet. */
  readonly listed?: boolean;
}

/** Names of two sources; for a label that both name, those of `second` stand. */
export function joinLabelNames(first: readonly LabelName[], second: readonly LabelName[]): LabelName[] {
  const names = new Map(first.map((entry) => [entry.value, entry]));
  for (const entry of second) names.set(entry.value, { ...names.get(entry.value), ...entry });
  return [...names.values()];
}
