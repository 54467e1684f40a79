/** Edits of `regions_class_order`: see `edit-dataset.ts`. */
import type { DatasetDefinition } from "../domain/dataset-definition.ts";
import { regionSetFromDefinition } from "../domain/region-set.ts";
import { suggestedOrder } from "../domain/suggested-order.ts";
import { parseDataset } from "./dataset.ts";
import { openForEdit, textsOf } from "./editing.ts";
import { indentAt, rawText, replaceNode, withItems } from "./json-splice.ts";
import { member } from "./json-text.ts";
import { newList, numberTexts } from "./label-lists.ts";

/** Writes the whole of `regions_class_order`; a new one comes after `labels`. */
export function setOrder(definition: DatasetDefinition, values: readonly number[]): DatasetDefinition {
  const opened = openForEdit(definition);
  const { document, text, style, definition: before } = opened;
  const order = member(document.root, "regions_class_order");
  const items = numberTexts(text, order, values);
  if (order?.type === "array" && order.children?.length && values.length > 0) {
    return parseDataset(withItems(text, order, items, style), before.file);
  }
  const [first] = document.root.children ?? [];
  const list = newList(document, items, before.labels.length, first ? indentAt(text, first.offset) : "");
  if (order) return parseDataset(replaceNode(text, order, list), before.file);
  const all = document.root.children ?? [];
  const place = all.findLastIndex((node) => node.children?.[0]?.value === "labels") + 1;
  const item = `"regions_class_order"${style.colon}${list}`;
  const texts = all.map((node) => rawText(text, node)).toSpliced(place, 0, item);
  return parseDataset(withItems(text, document.root, texts, style), before.file);
}

/**
 * Sets the entry of one channel in `regions_class_order`. Where there is none yet, the other channels get the suggested
 * entries, or their first labels; one that is too short is filled up in the same way.
 */
export function setOrderValue(
  definition: DatasetDefinition,
  channel: number,
  value: number,
): DatasetDefinition {
  const opened = openForEdit(definition);
  const { document, text, style, definition: before } = opened;
  const order = member(document.root, "regions_class_order");
  const slot = order?.type === "array" ? order.children?.[channel] : undefined;
  if (slot && order) {
    if (slot.value === value) return before;
    return parseDataset(
      withItems(text, order, texts(text, order).with(channel, String(value)), style),
      before.file,
    );
  }
  const regions = regionSetFromDefinition(before).regions.filter((r) => !r.ignore);
  const suggested = suggestedOrder(before);
  const filled = regions.map((r, i) => before.regionsClassOrder?.[i] ?? suggested?.[i] ?? r.labels[0] ?? 0);
  const length = order ? channel + 1 : Math.max(filled.length, channel + 1);
  const numbers = Array.from({ length }, (_, i) => (i === channel ? value : (filled[i] ?? 0)));
  if (!order || order.type !== "array" || !order.children?.length)
    return setOrder(before, numbers.map(Number));
  const kept = texts(text, order);
  return parseDataset(
    withItems(text, order, [...kept, ...numbers.slice(kept.length).map(String)], style),
    before.file,
  );
}

export function removeOrder(definition: DatasetDefinition): DatasetDefinition {
  const { definition: before, document, text, style } = openForEdit(definition);
  const all = document.root.children ?? [];
  const rest = all.filter((node) => node.children?.[0]?.value !== "regions_class_order");
  if (rest.length === all.length) return before;
  return parseDataset(
    withItems(
      text,
      document.root,
      rest.map((node) => rawText(text, node)),
      style,
    ),
    before.file,
  );
}
