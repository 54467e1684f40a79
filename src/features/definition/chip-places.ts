/** Keeps label chips in their places while the pointer removes others. */
import type { NamedLabel } from "./edit-selectors.ts";

/** Where a chip was that the pointer removed, among all chips and gaps. */
export interface Gap {
  readonly place: number;
  readonly label: NamedLabel;
}

interface Chip {
  readonly label: NamedLabel;
  readonly isGap: boolean;
}

/** The labels' chips in order, and the gaps of labels that are still removed. */
export function chipsAndGaps(labels: readonly NamedLabel[], gaps: readonly Gap[]): readonly Chip[] {
  const chips: Chip[] = labels.map((label) => ({ label, isGap: false }));
  const open = gaps.filter(({ label }) => labels.every(({ value }) => value !== label.value));
  // The place of a gap counts the gaps before it, which must be there first.
  for (const { place, label } of open.sort((a, b) => a.place - b.place)) {
    chips.splice(place, 0, { label, isGap: true });
  }
  return chips;
}
