/** Traces each label to its channels and back, as data for a diagram: label → regions → written value. */
import type { Region, RegionSet } from "./region-set.ts";
import { decodedLabels } from "./round-trip.ts";

/** One region that holds the label. */
export interface MappingStep {
  readonly channel: number;
  readonly region: string;
  /** The value that prediction writes; null without a usable entry of `regions_class_order`. */
  readonly writes: number | null;
  /** True if no later region overwrites this value. */
  readonly remains: boolean;
}

/**
 * same: the label comes back · wrong: as a label that itself comes back as another · merged: as another label
 * that keeps its value, so the two become indistinguishable · lost: as background · ignored: as the ignore
 * label, which is never predicted.
 */
export type MappingOutcome = "same" | "wrong" | "merged" | "lost" | "ignored";

export interface LabelMapping {
  readonly label: number;
  /** The regions that hold it, in channel order, which is the writing order; excludes the ignore channel. */
  readonly steps: readonly MappingStep[];
  readonly decodedAs: number;
  readonly outcome: MappingOutcome;
}

/**
 * @param labels the labels to follow, in that order; by default all labels above 0 in the regions, ascending
 * @returns an empty list for masks, which have no labels
 */
export function labelMapping(set: RegionSet, labels?: Iterable<number>): LabelMapping[] {
  if (set.fromMasks) return [];
  const back = decodedLabels(set);
  const ignored = new Set(set.regions.filter((r) => r.ignore).flatMap((r) => r.labels));
  const members = regionsByLabel(set);
  const wanted = labels ?? allLabels(set);
  return [...wanted].map((label) => {
    const decodedAs = back.get(label) ?? 0;
    const outcome = ignored.has(label) ? "ignored" : outcomeOf(label, decodedAs, back);
    return { label, steps: stepsOf(set, members.get(label) ?? [], label), decodedAs, outcome };
  });
}

function allLabels(set: RegionSet): number[] {
  const all = new Set(set.regions.flatMap((r) => r.labels).filter((label) => label > 0));
  return [...all].sort((a, b) => a - b);
}

interface Member {
  readonly channel: number;
  readonly region: Region;
}

function regionsByLabel(set: RegionSet): ReadonlyMap<number, readonly Member[]> {
  const members = new Map<number, Member[]>();
  for (const [channel, region] of set.regions.entries()) {
    if (region.ignore) continue;
    for (const label of new Set(region.labels)) {
      const known = members.get(label);
      if (known) known.push({ channel, region });
      else members.set(label, [{ channel, region }]);
    }
  }
  return members;
}

function stepsOf(set: RegionSet, members: readonly Member[], label: number): MappingStep[] {
  const writes = members.map(({ region }) => (set.trainsOn === "labels" ? label : region.classOrder));
  // A region without a usable entry writes nothing, so it covers nothing.
  const last = writes.findLastIndex((value) => value !== null);
  return members.map(({ channel, region }, i) => ({
    channel,
    region: region.name,
    writes: writes[i] ?? null,
    remains: i === last,
  }));
}

function outcomeOf(label: number, to: number, back: ReadonlyMap<number, number>): MappingOutcome {
  if (to === label) return "same";
  if (to === 0) return "lost";
  return back.get(to) === to ? "merged" : "wrong";
}
