/** Keeps `regions_class_order` in step with `labels` when entries are added, removed or moved. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { effectiveEntries, labelsIn } from "../../domain/dataset/label-entries.ts";
import { orderedNames } from "../../domain/dataset/label-entry-order.ts";
import { member, parseJson } from "../json/parse.ts";
import { rawText, styleOf, withItems } from "../json/splice.ts";
import { parseDataset } from "./dataset.ts";

/** Information that the two texts lack. */
export interface OrderChanges {
  readonly renamed?: readonly [from: string, to: string];
  /** Order entry for a new region; by default the lowest of its labels that no later region contains. */
  readonly orderValue?: number | undefined;
}

/**
 * @param before the definition before the edit
 * @param after the same with edited `labels` and the old `regions_class_order`
 */
export function followOrder(
  before: DatasetDefinition,
  after: DatasetDefinition,
  { renamed, orderValue }: OrderChanges,
): DatasetDefinition {
  if (!before.regionsClassOrder) return after;
  const old = orderedNames(before);
  const now = orderedNames(after);
  // If two entries share a name and one is renamed, the other keeps the channel.
  const isNew = renamed && now.includes(renamed[0]);
  const names = now.map((name) => (renamed && !isNew && name === renamed[1] ? renamed[0] : name));
  if (names.length === old.length && names.every((name, i) => name === old[i])) return after;
  const { root, text } = parseJson(after.text, after.file);
  const order = member(root, "regions_class_order");
  if (order?.type !== "array") return after;
  const items = (order.children ?? []).map((node) => rawText(text, node));
  const entryFor = (channel: number) => String(orderValue ?? lowestOwnLabel(after, channel));
  const next =
    items.length === old.length
      ? names.map((name, channel) => items[old.indexOf(name)] ?? entryFor(channel))
      : outOfStep(items, old, names, entryFor);
  return parseDataset(withItems(text, order, next, styleOf(text, root)), after.file);
}

/**
 * If an order is too long or too short, its entries cannot be matched with regions, so only added and removed
 * places change.
 */
function outOfStep(
  items: readonly string[],
  old: readonly string[],
  names: readonly string[],
  entryFor: (channel: number) => string,
): string[] {
  const next = items.filter((_, i) => i >= old.length || names.includes(old[i] ?? ""));
  for (const [channel, name] of names.entries()) {
    if (!old.includes(name) && channel <= next.length) next.splice(channel, 0, entryFor(channel));
  }
  return next;
}

/**
 * Returns a label that a region can write and that identifies it: its lowest label that no later region
 * contains, else its lowest; 0 if it has none.
 */
export function lowestOwnLabel(definition: DatasetDefinition, channel: number): number {
  const entries = new Map(effectiveEntries(definition).map((e) => [e.name, labelsIn(e.value)]));
  const [labels = [], ...later] = orderedNames(definition)
    .slice(channel)
    .map((name) => entries.get(name) ?? []);
  const taken = new Set(later.flat());
  const own = labels.filter((label) => label > 0 && !taken.has(label));
  return Math.min(...(own.length > 0 ? own : labels.length > 0 ? labels : [0]));
}
