/** Checks whether `regions_class_order` is usable. */
import { pluralForm } from "../../base/format-numbers.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import { misspelt } from "../dataset/dataset-keys.ts";
import { effectiveEntries, isUnreadable } from "../dataset/label-entries.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import { repairedOrder, suggestedOrder, suggestedSequence } from "../dataset/suggested-order.ts";
import { type Finding, finding } from "./finding.ts";
import { jsonText, list, orderText, regionList } from "./text.ts";

export function classOrder(definition: DatasetDefinition, set: RegionSet): Finding[] {
  const order = definition.regionsClassOrder;
  if (set.trainsOn === "labels") {
    // An unreadable entry may be meant as a region, and has a finding of its own.
    const isUnclear = effectiveEntries(definition).some(isUnreadable);
    return order && order.length > 0 && !isUnclear ? [ignored(definition)] : [];
  }
  if (!order)
    return (definition.orderNoList ?? null) === null ? missing(definition, set) : [noList(definition, set)];
  return [...wrongLength(order, set), ...wrongEntries(order, set)];
}

const predicted = (set: RegionSet) => set.regions.filter((r) => !r.ignore);

/** Returns nothing if the key exists under a misspelt name: `key-misspelt` reports that. */
function missing(definition: DatasetDefinition, set: RegionSet): Finding[] {
  if (misspelt(definition).some(({ meant }) => meant === "regions_class_order")) return [];
  const regions = predicted(set);
  const advice = bestOrder(set);
  const isNull = definition.orderNoList === null;
  const add = isNull ? "Write" : "Add";
  return [
    finding(
      "error",
      "order-missing",
      `regions_class_order is ${isNull ? "null" : "missing"}`,
      `nnU-Net stops because regions_class_order is ${isNull ? "null" : "missing"}. It gives the label that a prediction writes for each region: ` +
        `one label for each of the ${regions.length} regions, in the order of “labels”. ${advice ? `${add} it: ${advice}.` : `${add} it.`}`,
      { regions: regions.map((r) => r.name) },
    ),
  ];
}

/**
 * The value is an object, text, number or boolean, and nnU-Net takes its length
 * (`LabelManager._get_regions`).
 */
function noList(definition: DatasetDefinition, set: RegionSet): Finding {
  const { orderNoList: written } = definition;
  const regions = predicted(set);
  const [is, fails] = whatItIs(written, regions.length);
  const advice = bestOrder(withMeant(set, written), repairedOrder);
  return finding(
    "error",
    "order-not-list",
    `regions_class_order is ${is}, not a list`,
    `${fails} because regions_class_order is ${is}, ${jsonText(written)}, but it must be a list: one label for each of the ${regions.length} regions, ` +
      `in the order of “labels”. Write ${advice || "such a list"}.`,
    { regions: regions.map((r) => r.name) },
  );
}

function whatItIs(written: unknown, regions: number): [is: string, fails: string] {
  const counts = (n: number) => (n === regions ? "nnU-Net fails at the first prediction" : "nnU-Net stops");
  if (typeof written === "string") {
    const characters = [...written];
    // Python iterates over the characters, which are valid labels only if all of them are digits.
    const isDigits = characters.length === regions && /^\d+$/.test(written);
    return ["text", isDigits ? "nnU-Net uses single characters" : counts(characters.length)];
  }
  if (typeof written === "object" && written !== null) {
    const names = Object.keys(written);
    const isNumbers = names.length === regions && names.every((name) => /^\d+$/.test(name));
    return ["an object", isNumbers ? "nnU-Net writes its keys instead of its values" : counts(names.length)];
  }
  return [typeof written === "number" ? "a number" : "a boolean", "nnU-Net stops"];
}

/** Fills in the entries that the object or text implies, if there is one for each region. */
export function withMeant(set: RegionSet, written: unknown): RegionSet {
  const regions = predicted(set);
  const values = meantEntries(
    written,
    regions.map(({ name }) => name),
  );
  if (values?.length !== regions.length) return set;
  const byName = new Map(regions.map(({ name }, i) => [name, values[i]]));
  return {
    ...set,
    regions: set.regions.map((region) => ({ ...region, classOrder: byName.get(region.name) ?? null })),
  };
}

function meantEntries(written: unknown, names: readonly string[]): number[] | null {
  if (typeof written === "string") return (written.match(/\d+/g) ?? []).map(Number);
  if (typeof written !== "object" || written === null) return null;
  const values = new Map<string, unknown>(Object.entries(written));
  const meant = names.map((name) => values.get(name));
  return meant.every((value) => Number.isInteger(value)) ? (meant as number[]) : null;
}

/** A list of one label looks like a region but is none (`LabelManager.has_regions` requires two). */
function ignored(definition: DatasetDefinition): Finding {
  const singles = definition.labels.filter((e) => Array.isArray(e.value) && e.value.length === 1);
  const names = singles.map((e) => e.name);
  return finding(
    "warning",
    "order-ignored",
    "regions_class_order is ignored, because there are no regions",
    names.length > 0
      ? `nnU-Net will ignore the region definitions: ${regionList(names)} ${pluralForm(names.length, "is a list", "are lists")} with only one label, and nnU-Net ` +
          "trains on regions only if some list has at least two labels. It learns plain labels, which cannot overlap, and ignores regions_class_order. " +
          "Remove regions_class_order, or list all labels of each region."
      : "nnU-Net ignores regions_class_order: no entry of “labels” is a list of several labels, so it learns plain labels, which cannot overlap. " +
          "Remove regions_class_order, or write the regions as lists of all their labels.",
    { regions: names },
  );
}

function wrongLength(order: readonly unknown[], set: RegionSet): Finding[] {
  const regions = predicted(set);
  const lacking = regions.length - order.length;
  if (lacking === 0) return [];
  const skipped = lacking > 0 ? leftOut(order, set) : [];
  const what =
    lacking > 0
      ? `${lacking} ${pluralForm(lacking, "is", "are")} missing${skipped.length > 0 ? `, probably ${pluralForm(lacking, "the one", "those")} for ${regionList(skipped)}` : ""}`
      : `${-lacking} too many`;
  const advice = bestOrder(set);
  return [
    finding(
      "error",
      "order-length",
      `regions_class_order has ${order.length} ${pluralForm(order.length, "entry", "entries")} for ${regions.length} ${pluralForm(regions.length, "region", "regions")}`,
      `nnU-Net stops because regions_class_order has ${order.length} ${pluralForm(order.length, "entry", "entries")} for ${regions.length} ` +
        `${pluralForm(regions.length, "region", "regions")}: ${what}. It needs one entry for each region, in the order of “labels”, without background and ignore` +
        `${advice ? `: ${advice}` : ""}.`,
      { regions: skipped },
    ),
  ];
}

/** The regions whose entries were skipped, if the order otherwise matches the suggested one. */
function leftOut(order: readonly unknown[], set: RegionSet): string[] {
  const suggested = suggestedOrder(set);
  if (!suggested || order.length === 0) return [];
  let at = 0;
  const skipped = predicted(set).filter((_, i) => {
    const found = at < order.length && order[at] === suggested[i];
    if (found) at++;
    return !found;
  });
  return at === order.length ? skipped.map((r) => r.name) : [];
}

function wrongEntries(order: readonly unknown[], set: RegionSet): Finding[] {
  const regions = predicted(set);
  const wrong = order.map((value, i) => ({ value, i })).filter(({ value }) => !Number.isInteger(value));
  if (wrong.length === 0) return [];
  const written = list(
    wrong.map(({ value, i }) => `${jsonText(value)} for “${regions[i]?.name ?? `entry ${i + 1}`}”`),
  );
  const title = `regions_class_order contains ${list([...new Set(wrong.map(({ value }) => jsonText(value, 20)))], 3)}`;
  const affected = { regions: wrong.flatMap(({ i }) => regions[i]?.name ?? []) };
  if (wrong.every(({ value }) => typeof value === "boolean")) {
    // numpy and torch treat true as 1 and false as 0, also when prediction writes labels.
    const numbers = [...new Set(wrong.map(({ value }) => Number(value)))];
    return [
      finding(
        "warning",
        "order-not-integer",
        title,
        `regions_class_order contains ${written}. Python reads ${pluralForm(wrong.length, "it", "them")} as ${list(numbers)}, so nnU-Net does not stop and ` +
          `nothing goes wrong if that is intended. Write ${pluralForm(wrong.length, "the number", "numbers")}.`,
        affected,
      ),
    ];
  }
  const fractions = wrong.every(({ value }) => typeof value === "number");
  const advice = bestOrder(set);
  return [
    finding(
      "error",
      "order-not-integer",
      title,
      `${fractions ? "Predictions are wrong" : "nnU-Net fails at the first prediction"} because regions_class_order contains ${written}: ` +
        `an entry is the one label written to every voxel of its region, ${fractions ? "a whole number" : "not the list of its labels and not text"}. ` +
        `Give each region one whole number${advice ? `: ${advice}` : ""}.`,
      affected,
    ),
  ];
}

/** "[1, 2]", or a better sequence of regions with its order; empty if neither is certain. */
function bestOrder(set: RegionSet, orderOf = suggestedOrder): string {
  const order = orderOf(set);
  if (order) return orderText(order);
  const sequence = suggestedSequence(set);
  return sequence
    ? `${orderText(sequence.order)}, with the regions in the order ${regionList(sequence.names, 8)}`
    : "";
}

/** True if every region has an entry that prediction can write. */
export function isUsable(definition: DatasetDefinition, set: RegionSet): boolean {
  const regions = predicted(set);
  return (
    set.trainsOn === "regions" &&
    definition.regionsClassOrder?.length === regions.length &&
    regions.every((r) => r.classOrder !== null)
  );
}
