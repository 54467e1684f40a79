/** Keeps `regions_class_order` in step with `labels` when entries come, go or move. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { effectiveEntries, labelsIn } from "../../domain/dataset/label-entries.ts";
import { orderedNames } from "../../domain/dataset/label-entry-order.ts";
import { member, parseJson } from "../json/parse.ts";
import { rawText, styleOf, withItems } from "../json/splice.ts";
import { parseDataset } from "./dataset.ts";

/** What the texts alone do not tell. */
export interface OrderChanges {
  readonly renamed?: readonly [from: string, to: string];
  /** For a region that is new; without it, the lowest of its labels that no later region holds. */
  readonly orderValue?: number | undefined;
}

/**
 * @param before the definition before the edit
 * @param after the same with `labels` edited and `regions_class_order` as it was
 */
export function followOrder(
  before: DatasetDefinition,
  after: DatasetDefinition,
  { renamed, orderValue }: OrderChanges,
): DatasetDefinition {
  if (!before.regionsClassOrder) return after;
  const old = orderedNames(before);
  const now = orderedNames(after);
  // Of two entries of one name, renamed one after the other, the one that stays keeps the channel.
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
 * Of an order that is too long or too short nobody knows which entry is whose: only places that come or go
 * are touched.
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
 * What a region can write and be known by: its lowest label that no later region holds, else its lowest; 0 if
 * it has none.
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
