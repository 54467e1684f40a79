import type { AppState } from "../store.ts";
import { selectRegionSet } from "./case-selectors.ts";

/** Why there are no regions, as a sentence; null where there are some, or nothing is open. */
export function whyNoRegions(s: AppState): string | null {
  if (selectRegionSet(s)?.regions.length !== 0) return null;
  return s.definition
    ? `${s.definition.file} names nothing but background, so there are no regions.`
    : "The volume holds nothing but background, so there are no regions.";
}
