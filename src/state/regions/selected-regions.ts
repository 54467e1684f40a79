/** Reads and sets which regions are selected or shown alone, be it one or several. */
import { memo } from "../../base/memo.ts";
import type { AppState } from "../app-state.ts";
import { NO_NAMES } from "../slices/region-list-slice.ts";

/** State to set with `selectedRegion` when it is the only one. */
export const ONE_SELECTED = { selectedMore: NO_NAMES, rangeFrom: null } as const;
export const NO_SOLO = { solo: null, soloMore: NO_NAMES } as const;

/** The first name becomes the current region. */
export function selectionOf(names: readonly string[]) {
  const [selectedRegion = null, ...more] = new Set(names);
  return { selectedRegion, selectedMore: more.length === 0 ? NO_NAMES : new Set(more) };
}

/** Shows only these regions, or all regions if the list is empty. */
export function soloOf(names: readonly string[]) {
  const [solo = null, ...more] = new Set(names);
  return { solo, soloMore: more.length === 0 ? NO_NAMES : new Set(more) };
}

/** Names of the regions shown alone; empty if there are none. */
export function soloNames({ solo, soloMore }: Pick<AppState, "solo" | "soloMore">): ReadonlySet<string> {
  return solo === null ? NO_NAMES : new Set([solo, ...soloMore]);
}

/** State that makes a region the only selected one, and shows it if it is hidden. */
export function selectedAndShown(s: Pick<AppState, "hidden" | "solo" | "soloMore">, region: string) {
  return {
    selectedRegion: region,
    ...ONE_SELECTED,
    highlighted: [],
    hidden: s.hidden.has(region) ? new Set([...s.hidden].filter((name) => name !== region)) : s.hidden,
    ...(soloNames(s).has(region) ? {} : NO_SOLO),
  };
}

/** Names of the selected regions, the current one first. */
export const selectSelected = memo(
  (s: Pick<AppState, "selectedRegion" | "selectedMore">) => [s.selectedRegion, s.selectedMore],
  (current, more): readonly string[] => (current === null ? [] : [current, ...more]),
);
