/** Traces each label to its channels and back, as data for a diagram: label → regions → written value. */
import type { Region, RegionSet } from "./region-set.ts";
import { labelsBack } from "./round-trip.ts";

/** One region that holds the label. */
export interface FlowStep {
  readonly channel: number;
  readonly region: string;
  /** The value that prediction writes; null without a usable entry of `regions_class_order`. */
  readonly writes: number | null;
  /** Whether no later region overwrites this value. */
  readonly remains: boolean;
}

/**
 * same: the label comes back · wrong: as a label that itself comes back as another · merged: as another label
 * that keeps its value, so the two become indistinguishable · lost: as background · ignored: as the ignore
 * label, which is never predicted.
 */
export type FlowOutcome = "same" | "wrong" | "merged" | "lost" | "ignored";

export interface LabelFlow {
  readonly label: number;
  /** The regions that hold it, in channel order, which is the writing order; excludes the ignore channel. */
  readonly steps: readonly FlowStep[];
  readonly comesBackAs: number;
  readonly outcome: FlowOutcome;
}

/**
 * @param labels the labels to follow, in that order; by default all labels above 0 in the regions, ascending
 * @returns an empty list for masks, which have no labels
 */
export function labelFlow(set: RegionSet, labels?: Iterable<number>): LabelFlow[] {
  if (set.fromMasks) return [];
  const back = labelsBack(set);
  const ignored = new Set(set.regions.filter((r) => r.ignore).flatMap((r) => r.labels));
  const holders = holdersByLabel(set);
  const wanted = labels ?? allLabels(set);
  return [...wanted].map((label) => {
    const comesBackAs = back.get(label) ?? 0;
    const outcome = ignored.has(label) ? "ignored" : outcomeOf(label, comesBackAs, back);
    return { label, steps: stepsOf(set, holders.get(label) ?? [], label), comesBackAs, outcome };
  });
}

function allLabels(set: RegionSet): number[] {
  const all = new Set(set.regions.flatMap((r) => r.labels).filter((label) => label > 0));
  return [...all].sort((a, b) => a - b);
}

interface Holder {
  readonly channel: number;
  readonly region: Region;
}

function holdersByLabel(set: RegionSet): ReadonlyMap<number, readonly Holder[]> {
  const holders = new Map<number, Holder[]>();
  for (const [channel, region] of set.regions.entries()) {
    if (region.ignore) continue;
    for (const label of new Set(region.labels)) {
      const known = holders.get(label);
      if (known) known.push({ channel, region });
      else holders.set(label, [{ channel, region }]);
    }
  }
  return holders;
}

function stepsOf(set: RegionSet, holders: readonly Holder[], label: number): FlowStep[] {
  const writes = holders.map(({ region }) => (set.trainsOn === "labels" ? label : region.classOrder));
  // A region without a usable entry writes nothing, so it covers nothing.
  const last = writes.findLastIndex((value) => value !== null);
  return holders.map(({ channel, region }, i) => ({
    channel,
    region: region.name,
    writes: writes[i] ?? null,
    remains: i === last,
  }));
}

function outcomeOf(label: number, to: number, back: ReadonlyMap<number, number>): FlowOutcome {
  if (to === label) return "same";
  if (to === 0) return "lost";
  return back.get(to) === to ? "merged" : "wrong";
}
