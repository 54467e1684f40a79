/** The round trip of one label. */
import type { RegionSet } from "../dataset/region-set.ts";
import { labelsBack } from "../dataset/round-trip.ts";

/** The label that a perfect prediction turns `label` into. */
export function comesBackAs(set: RegionSet, label: number): number {
  return labelsBack(set).get(label) ?? 0;
}
