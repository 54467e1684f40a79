/** Edits of `regions_class_order`; see `edit-text.ts`. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { orderedNames } from "../../domain/dataset/label-entry-order.ts";
import { suggestedOrder } from "../../domain/dataset/suggested-order.ts";
import { member } from "../json/parse.ts";
import { indentAt, rawText, replaceNode, withItems } from "../json/splice.ts";
import { parseDataset } from "./dataset.ts";
import { lowestOwnLabel } from "./edit-class-order.ts";
import { openForEdit, textsOf } from "./edit-text.ts";
import { newList, numberTexts } from "./label-lists.ts";

/** Writes all of `regions_class_order`; a new one follows `labels`. */
export function setOrder(definition: DatasetDefinition, values: readonly number[]): DatasetDefinition {
  const { definition: before, document, text, style } = openForEdit(definition);
  const order = member(document.root, "regions_class_order");
  const items = numberTexts(text, order, values);
  if (order?.type === "array" && order.children?.length && values.length > 0) {
    return parseDataset(withItems(text, order, items, style), before.file);
  }
  const all = document.root.children ?? [];
  const list = newList(document, items, before.labels.length, all[0] ? indentAt(text, all[0].offset) : "");
  if (order) return parseDataset(replaceNode(text, order, list), before.file);
  const place = all.findLastIndex((node) => node.children?.[0]?.value === "labels") + 1;
  const item = `"regions_class_order"${style.colon}${list}`;
  const members = textsOf(text, document.root).toSpliced(place, 0, item);
  return parseDataset(withItems(text, document.root, members, style), before.file);
}

/**
 * Sets one channel's entry in `regions_class_order`. If there is no order yet, the other channels get the
 * suggested entries. An order that is too short is filled with suggested entries up to this channel.
 */
export function setOrderValue(
  definition: DatasetDefinition,
  channel: number,
  value: number,
): DatasetDefinition {
  const { definition: before, document, text, style } = openForEdit(definition);
  const order = member(document.root, "regions_class_order");
  const kept = order?.type === "array" ? textsOf(text, order) : [];
  if (!order || kept.length === 0) return setOrder(before, suggestedEntries(before).with(channel, value));
  if (before.regionsClassOrder?.[channel] === value) return before;
  const more = suggestedEntries(before)
    .slice(kept.length, channel + 1)
    .map(String);
  const items = [...kept, ...more].with(channel, String(value));
  return parseDataset(withItems(text, order, items, style), before.file);
}

function suggestedEntries(definition: DatasetDefinition): number[] {
  return (
    suggestedOrder(definition) ??
    orderedNames(definition).map((_, channel) => lowestOwnLabel(definition, channel))
  );
}

export function removeOrder(definition: DatasetDefinition): DatasetDefinition {
  const { definition: before, document, text, style } = openForEdit(definition);
  const all = document.root.children ?? [];
  const rest = all.filter((node) => node.children?.[0]?.value !== "regions_class_order");
  if (rest.length === all.length) return before;
  const members = rest.map((node) => rawText(text, node));
  return parseDataset(withItems(text, document.root, members, style), before.file);
}
