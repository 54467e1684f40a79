/** Formats label lists in the style of a dataset.json. */
import type { Node } from "jsonc-parser";
import type { JsonDocument } from "../json/parse.ts";
import { member, members } from "../json/parse.ts";
import { indentAt, type JsonStyle, type ListLayout, rawText, spread, styleOf } from "../json/splice.ts";

/**
 * Formats a new list of labels in the style of the list nearest to entry `near`: on one line, or with one
 * line per label.
 */
export function newList(
  document: JsonDocument,
  items: readonly string[],
  near: number,
  indent: string,
): string {
  return `[${spread(items, { ...layoutNear(document, near), indent })}]`;
}

function layoutNear({ text, root }: JsonDocument, near: number): Omit<ListLayout, "indent"> {
  const style = styleOf(text, root);
  const values = members(member(root, "labels")).map((entry) => entry.value);
  const order = member(root, "regions_class_order");
  const byDistance = values
    .map((value, i) => ({ value, distance: Math.abs(i - near) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ value }) => value);
  const lists = [...byDistance, ...(order ? [order] : [])].filter((node) => node.type === "array");
  const model =
    lists.find((node) => (node.children?.length ?? 0) > 1) ?? lists.find((node) => node.children?.length);
  return model ? layoutOf(text, model, style) : { ...style, multiline: false };
}

function layoutOf(text: string, list: Node, style: JsonStyle): Omit<ListLayout, "indent"> {
  const [first, second] = list.children ?? [];
  if (!first) return { ...style, multiline: false };
  const lead = text.slice(list.offset + 1, first.offset);
  if (/[\r\n]/.test(lead)) return { ...style, multiline: true, unit: stepIn(text, list, first, style) };
  const between = second ? text.slice(first.offset + first.length, second.offset) : style.comma;
  return { ...style, multiline: false, padding: lead, comma: /[\r\n]/.test(between) ? style.comma : between };
}

/** Extra indentation of a list's items, relative to the line in which the list starts. */
function stepIn(text: string, list: Node, item: Node, style: JsonStyle): string {
  const outer = indentAt(text, list.offset);
  const inner = indentAt(text, item.offset);
  return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : style.unit;
}

/** Formats numbers; those in `list` keep their notation there. */
export function numberTexts(text: string, list: Node | undefined, numbers: readonly number[]): string[] {
  const unused = (list?.type === "array" ? (list.children ?? []) : []).map((node) => ({
    value: node.value as unknown,
    text: rawText(text, node),
  }));
  return numbers.map((number) => {
    const at = unused.findIndex((item) => item.value === number);
    const [found] = at < 0 ? [] : unused.splice(at, 1);
    return found?.text ?? String(number);
  });
}

/**
 * Checks whether the file writes single labels as lists, `[3]`: some entry does, and none is a plain number.
 * Background and ignore do not count.
 */
export function singlesAreLists({ root }: JsonDocument): boolean {
  const entries = members(member(root, "labels")).filter(
    ({ name }) => name !== "background" && name !== "ignore",
  );
  const isSingle = (node: Node) => node.type === "array" && node.children?.length === 1;
  return (
    entries.some(({ value }) => isSingle(value)) && !entries.some(({ value }) => value.type === "number")
  );
}
