/** Whether `regions_class_order` can be used at all. */
import type { DatasetDefinition } from "../dataset-definition.ts";
import type { RegionSet } from "../region-set.ts";
import { suggestedOrder, suggestedSequence } from "../suggested-order.ts";
import { type Finding, finding } from "./finding.ts";
import { list, plural, regionList } from "./words.ts";

export function classOrder(definition: DatasetDefinition, set: RegionSet): Finding[] {
  const order = definition.regionsClassOrder;
  if (set.trainsOn === "labels") return order && order.length > 0 ? [ignored(definition)] : [];
  const regions = set.regions.filter((r) => !r.ignore);
  if (!order) {
    return [
      finding(
        "error",
        "order-missing",
        "regions_class_order is missing; nnU-Net needs it to turn predicted regions back into labels and stops without it. " +
          `Add it, with one label for each of the ${regions.length} regions.${advice(set)}`,
        { regions: regions.map((r) => r.name) },
      ),
    ];
  }
  const found: Finding[] = [];
  if (order.length !== regions.length) found.push(wrongLength(order.length, set));
  const wrong = order.map((value, i) => ({ value, i })).filter(({ value }) => !Number.isInteger(value));
  if (wrong.length > 0) {
    const written = list(
      wrong.map(({ value, i }) => `${JSON.stringify(value)} for “${regions[i]?.name ?? `entry ${i + 1}`}”`),
    );
    found.push(
      finding(
        "error",
        "order-not-integer",
        `regions_class_order holds ${written}; prediction writes an entry into the voxels of its region, so each must be one whole ` +
          `number, and nnU-Net fails when it first predicts. Give each region one label, not the list of its labels.${advice(set)}`,
        { regions: wrong.flatMap(({ i }) => regions[i]?.name ?? []) },
      ),
    );
  }
  return found;
}

function ignored(definition: DatasetDefinition): Finding {
  const singles = definition.labels.filter((e) => Array.isArray(e.value) && e.value.length === 1);
  const why =
    singles.length > 0
      ? `a list with one label, as in ${regionList(singles.map((e) => e.name))}, does not count as a region`
      : "no entry of labels is a list of several labels";
  return finding(
    "warning",
    "order-ignored",
    `regions_class_order is not used: ${why}, so nnU-Net trains on plain labels that cannot overlap. ` +
      "Take regions_class_order out, or give some region more than one label.",
    { regions: singles.map((e) => e.name) },
  );
}

function wrongLength(length: number, set: RegionSet): Finding {
  const regions = set.regions.filter((r) => !r.ignore);
  const missing = regions.length - length;
  const what =
    missing > 0
      ? `${missing} ${plural(missing, "entry is", "entries are")} missing`
      : `${-missing} ${plural(-missing, "entry is", "entries are")} too many`;
  return finding(
    "error",
    "order-length",
    `regions_class_order has ${length} ${plural(length, "entry", "entries")} for ${regions.length} regions, and nnU-Net stops: ` +
      `${what}. Write one entry for each region, in the order of labels, without background and ignore.${advice(set)}`,
  );
}

function advice(set: RegionSet): string {
  const order = suggestedOrder(set);
  if (order) return ` This would do: ${orderText(order)}.`;
  const sequence = suggestedSequence(set);
  return sequence
    ? ` With the regions in the order ${regionList(sequence.names, 8)} this would do: ${orderText(sequence.order)}.`
    : "";
}

/** A `regions_class_order` as it would stand in the file; a long one is cut. */
export function orderText(order: readonly number[]): string {
  return order.length > 40 ? `[${order.slice(0, 40).join(", ")}, …]` : `[${order.join(", ")}]`;
}

/** Whether each region has an entry that prediction can write. */
export function isUsable(definition: DatasetDefinition, set: RegionSet): boolean {
  const regions = set.regions.filter((r) => !r.ignore);
  return (
    set.trainsOn === "regions" &&
    definition.regionsClassOrder?.length === regions.length &&
    regions.every((r) => r.classOrder !== null)
  );
}
