/** Whether two cases are of one dataset, so that what is set for its regions by name holds for both. */
import type { AppState } from "../app-state.ts";
import { selectRegionSet } from "./case-selectors.ts";

/**
 * True if both have the same dataset.json, as it is shown or was last saved; without it, the same regions.
 */
export function isSameDataset(before: AppState, next: AppState): boolean {
  const [a, b] = [before.definition, next.definition];
  if (a && b) return b.text === a.text || b.text === before.savedText;
  return namesIn(before) === namesIn(next);
}

function namesIn(s: AppState): string {
  return JSON.stringify(selectRegionSet(s)?.regions.map(({ name }) => name));
}
