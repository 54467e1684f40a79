/** Explains why a case has no regions. */
import type { AppState } from "../app-state.ts";
import { selectRegionSet } from "./case-selectors.ts";

/** A sentence on why there are no regions; null if there are some, or nothing is open. */
export function whyNoRegions(s: AppState): string | null {
  if (selectRegionSet(s)?.regions.length !== 0) return null;
  return s.definition
    ? `${s.definition.file} names nothing but background, so there are no regions.`
    : "The volume holds nothing but background, so there are no regions.";
}
