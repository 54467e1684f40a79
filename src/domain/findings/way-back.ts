/** What a perfect prediction would turn labels into; nnU-Net never checks this. */
import type { Region, RegionSet } from "../region-set.ts";
import { comesBackAs } from "../round-trip.ts";
import { isWithin, suggestedOrder, suggestedSequence } from "../suggested-order.ts";
import { orderText } from "./class-order.ts";
import { type Finding, finding } from "./finding.ts";
import { groupBy } from "./group-by.ts";
import { capital, labelList, list, plural, regionList } from "./words.ts";

interface Trip {
  readonly from: number;
  readonly to: number;
}

/** Needs a usable `regions_class_order`. */
export function wayBack(set: RegionSet): Finding[] {
  const regions = set.regions.filter((r) => !r.ignore);
  const ignored = set.regions.filter((r) => r.ignore).flatMap((r) => r.labels);
  const labels = [...new Set(regions.flatMap((r) => r.labels))]
    .filter((label) => label > 0 && !ignored.includes(label))
    .sort((a, b) => a - b);
  const trips = labels.map((from) => ({ from, to: comesBackAs(set, from) }));
  const stays = new Set([0, ...trips.filter((t) => t.from === t.to).map((t) => t.from)]);
  const wrong = trips.filter((t) => !stays.has(t.to));
  const merged = groupBy(
    trips.filter((t) => t.from !== t.to && stays.has(t.to)),
    (t) => t.to,
  );
  return [
    ...parentAfterChild(set, regions),
    ...(wrong.length > 0 ? [comesBackWrong(wrong, set, regions)] : []),
    ...[...merged].sort(([a], [b]) => a - b).map(([to, lost]) => comesBackMerged(to, lost, regions)),
  ];
}

/** A region that is written after one that it contains erases it, unless both write the same label. */
function parentAfterChild(set: RegionSet, regions: readonly Region[]): Finding[] {
  return regions.flatMap((child, i) => {
    const parents = regions.filter(
      (r, j) => j > i && isWithin(child, r) && r.classOrder !== child.classOrder,
    );
    const survives = child.labels.some((label) => comesBackAs(set, label) === child.classOrder);
    const [parent] = parents;
    if (!parent || survives) return [];
    const sequence = suggestedSequence(set);
    const repair = sequence
      ? `List larger regions first: ${regionList(sequence.names, 8)}, with regions_class_order ${orderText(sequence.order)}.`
      : `List “${child.name}” after “${parent.name}”, and move its entry of regions_class_order along.`;
    return finding(
      "error",
      "parent-after-child",
      `“${child.name}” never appears in predictions: “${parent.name}” contains it and comes later in labels, so it overwrites ` +
        `every voxel of it with ${parent.classOrder}. ${repair}`,
      { regions: [child.name, parent.name], labels: child.labels },
    );
  });
}

/** The last region that holds a label decides what it comes back as. */
function decider(label: number, regions: readonly Region[]): Region | undefined {
  return regions.findLast((r) => r.labels.includes(label));
}

function comesBackWrong(wrong: readonly Trip[], set: RegionSet, regions: readonly Region[]): Finding {
  const [first] = wrong;
  const last = first && decider(first.from, regions);
  const what = list(wrong.map((t, i) => `${i === 0 ? "Label" : "label"} ${t.from} comes back as ${t.to}`));
  const order = suggestedOrder(set);
  const repair = order
    ? `Set regions_class_order to ${orderText(order)}`
    : "Give each region, as its entry of regions_class_order, a label that the regions after it do not hold";
  return finding(
    "error",
    "round-trip-wrong",
    `${what}: even a perfect prediction shows the wrong label, because the last region that holds label ${first?.from} is ` +
      `“${last?.name}” and its entry in regions_class_order is ${first?.to}. ${repair}.`,
    {
      regions: [...new Set(wrong.flatMap((t) => decider(t.from, regions)?.name ?? []))],
      labels: wrong.map((t) => t.from),
    },
  );
}

function comesBackMerged(to: number, lost: readonly Trip[], regions: readonly Region[]): Finding {
  const from = lost.map((t) => t.from);
  const names = [...new Set(from.flatMap((label) => decider(label, regions)?.name ?? []))];
  const both =
    to === 0 ? "and are lost in the background" : `and cannot be told from label ${to} in predictions`;
  const one =
    to === 0 ? "and is lost in the background" : `and cannot be told from label ${to} in predictions`;
  return finding(
    "warning",
    "round-trip-merge",
    `${capital(labelList(from))} ${plural(from.length, "comes", "come")} back as ${to} ${plural(from.length, one, both)}: the last ` +
      `${plural(names.length, "region", "regions")} to hold ${plural(from.length, "it", "them")}, ${regionList(names)}, ` +
      `${plural(names.length, "writes", "write")} ${to}. If the difference matters, give ${plural(from.length, "it a region", "each a region")} ` +
      "of its own, after the regions that contain it, with the label itself as entry of regions_class_order.",
    { regions: names, labels: to === 0 ? from : [...from, to].sort((a, b) => a - b) },
  );
}
