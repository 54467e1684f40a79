/** The round trip of one label. */
import type { RegionSet } from "../dataset/region-set.ts";
import { decodedLabels } from "../dataset/round-trip.ts";

/** The label that a perfect prediction turns `label` into. */
export function decodedAs(set: RegionSet, label: number): number {
  return decodedLabels(set).get(label) ?? 0;
}
