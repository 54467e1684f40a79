/** Checks what a perfect prediction turns labels into; nnU-Net never does. */

import { pluralForm } from "../../base/format-numbers.ts";
import { groupBy } from "../../base/group-by.ts";
import { isLabel, type Region, type RegionSet } from "../dataset/region-set.ts";
import { labelRelations, type Relations } from "../dataset/relations.ts";
import { decidingRegions, decodedLabels } from "../dataset/round-trip.ts";
import { repairedOrder, type Sequence, suggestedSequence } from "../dataset/suggested-order.ts";
import { type Finding, finding } from "./finding.ts";
import { capital, labelList, list, orderText, regionList } from "./text.ts";

interface Trip {
  readonly from: number;
  readonly to: number;
}

/** Facts about the whole definition that the messages need. */
interface Context {
  /** The regions that prediction writes; an ignore label would be the last channel. */
  readonly regions: readonly Region[];
  readonly relations: Relations;
  readonly back: ReadonlyMap<number, number>;
  readonly members: ReadonlyMap<number, Region>;
  /** Values for `regions_class_order` that restore the labels; null if there are none. */
  readonly order: readonly number[] | null;
  readonly sequence: Sequence | null;
}

/** Requires a usable `regions_class_order`. */
export function decoding(set: RegionSet): Finding[] {
  const regions = set.regions.filter((r) => !r.ignore);
  const ignored = new Set(set.regions.filter((r) => r.ignore).flatMap((r) => r.labels));
  const back = decodedLabels(set);
  const labels = [...back.keys()]
    .filter((label) => isLabel(label) && !ignored.has(label))
    .sort((a, b) => a - b);
  const trips = labels.map((from) => ({ from, to: back.get(from) ?? 0 }));
  const stays = new Set([0, ...trips.filter((t) => t.from === t.to).map((t) => t.from)]);
  const wrong = trips.filter((t) => !stays.has(t.to));
  const merged = groupBy(
    trips.filter((t) => t.from !== t.to && stays.has(t.to)),
    (t) => t.to,
  );
  const context = {
    regions,
    relations: labelRelations(set.regions),
    back,
    members: decidingRegions(set),
    order: repairedOrder(set),
    sequence: suggestedSequence(set),
  };
  return [
    ...parentAfterChild(context),
    ...(wrong.length > 0 ? [comesBackWrong(wrong, context)] : []),
    ...[...merged].sort(([a], [b]) => a - b).map(([to, lost]) => comesBackMerged(to, lost, context)),
  ];
}

/** A region written after one that it contains erases it, unless both write the same label. */
function parentAfterChild({ regions, relations, back, sequence }: Context): Finding[] {
  const sorted = isAlphabetical(regions) ? " (alphabetical here, as left by a script that sorts names)" : "";
  return regions.flatMap((child, i) => {
    if (child.labels.some((label) => back.get(label) === child.classOrder)) return [];
    const parent = regions.findLast(
      (r, j) => j > i && relations.relation(i, j) === "inside" && r.classOrder !== child.classOrder,
    );
    if (!parent) return [];
    const remedy = sequence
      ? `List larger regions before the smaller ones inside them: ${regionList(sequence.names, 8)}, with regions_class_order ${orderText(sequence.order)}.`
      : `List “${child.name}” after “${parent.name}”, and move its entry in regions_class_order with it.`;
    return finding(
      "error",
      "parent-after-child",
      `“${child.name}” never appears in predictions`,
      `“${child.name}” never appears in predictions: regions are written in the order of “labels”${sorted}, regardless of regions_class_order, so ` +
        `“${parent.name}”, which contains it and comes later, overwrites it with ${parent.classOrder}. ${remedy}`,
      { regions: [child.name, parent.name], labels: child.labels },
    );
  });
}

/** Two names are in alphabetical order by chance half the time; three or more are evidence. */
function isAlphabetical(regions: readonly Region[]): boolean {
  const names = regions.map((r) => r.name);
  return names.length > 2 && names.every((name, i) => i === 0 || (names[i - 1] ?? "") < name);
}

function comesBackWrong(wrong: readonly Trip[], { members, order, sequence }: Context): Finding {
  const [first, second] = wrong;
  const last = first && members.get(first.from);
  const groups = groupBy(wrong, ({ to }) => to);
  const isSwap = wrong.length === 2 && first?.from === second?.to && first?.to === second?.from;
  const becomes = list(
    [...groups].map(([to, trips], i) => {
      const labels = labelList(trips.map(({ from }) => from));
      return `${i === 0 ? capital(labels) : labels} ${pluralForm(trips.length, "becomes", "become")} ${to}`;
    }),
  );
  const what = isSwap ? `${capital(labelList(wrong.map(({ from }) => from)))} are swapped` : becomes;
  const from = wrong.map((trip) => trip.from);
  const title = isSwap
    ? what
    : groups.size === 1
      ? `${capital(labelList(from, 4))} ${pluralForm(wrong.length, "is", "are")} written as ${first?.to}`
      : `${wrong.length} labels are written as others`;
  const remedy = order
    ? `Set regions_class_order to ${orderText(order)}`
    : sequence
      ? `List the regions as ${regionList(sequence.names, 8)}, with regions_class_order ${orderText(sequence.order)}`
      : "Give each region a label that no later region contains";
  return finding(
    "error",
    "round-trip-wrong",
    title,
    `${what} in predictions, even in perfect ones: regions_class_order is not the writing order but gives the label that each region writes, ` +
      `in the order of “labels”, and “${last?.name}”, the last region with label ${first?.from}, writes ${first?.to}. ${remedy}.`,
    {
      regions: [...new Set(wrong.flatMap((t) => members.get(t.from)?.name ?? []))],
      labels: wrong.map((t) => t.from),
    },
  );
}

function comesBackMerged(to: number, lost: readonly Trip[], context: Context): Finding {
  const from = lost.map((t) => t.from);
  const n = from.length;
  const names = [...new Set(from.flatMap((label) => context.members.get(label)?.name ?? []))];
  const one = pluralForm(n, "it", "them");
  const what =
    to === 0
      ? `${pluralForm(n, "is", "are")} lost in predictions`
      : `${pluralForm(n, "becomes", "become")} ${to} in predictions`;
  const why =
    `${regionList(names)}, the last ${pluralForm(names.length, "region that contains", "regions that contain")} ${one}, ${pluralForm(names.length, "writes", "write")} ` +
    `${to}${to === 0 ? ", which is background" : ""}`;
  return finding(
    // A lost label is in no prediction; merging two labels may be intended.
    to === 0 ? "error" : "warning",
    "round-trip-merge",
    `${capital(labelList(from, 4))} ${pluralForm(n, "is", "are")} ${to === 0 ? "lost in predictions" : `written as ${to}`}`,
    `${capital(labelList(from))} ${what}, because ${why}. ${howToDistinguish(from, names, context)}`,
    { regions: names, labels: to === 0 ? from : [...from, to].sort((a, b) => a - b) },
  );
}

function howToDistinguish(
  labels: readonly number[],
  names: readonly string[],
  { regions, order, sequence }: Context,
): string {
  if (order && bringsBack(labels, regions, order)) return `Set regions_class_order to ${orderText(order)}.`;
  const byName = new Map(regions.map((r) => [r.name, r]));
  const arranged = sequence?.names.flatMap((name) => byName.get(name) ?? []) ?? [];
  if (sequence && bringsBack(labels, arranged, sequence.order)) {
    return `List larger regions before the smaller ones inside them, with regions_class_order ${orderText(sequence.order)}.`;
  }
  const each = pluralForm(labels.length, "a region for it", "a region for each");
  return `If you need ${labelList(labels)} separately, add ${each} after ${regionList(names)}; otherwise nothing needs to change.`;
}

/** True if these regions and entries restore all of `labels`. */
function bringsBack(
  labels: readonly number[],
  regions: readonly Region[],
  order: readonly number[],
): boolean {
  const back = new Map<number, number>();
  for (const [i, region] of regions.entries())
    for (const label of region.labels) back.set(label, order[i] ?? 0);
  return labels.every((label) => back.get(label) === label);
}
