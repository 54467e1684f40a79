/** Edits JSON text locally: all other bytes stay as they are. */
import type { Node } from "jsonc-parser";

/** Formatting of a file's JSON that new pieces have to follow. */
export interface JsonStyle {
  /** Line break. */
  readonly eol: string;
  /** One step of indentation. */
  readonly unit: string;
  /** One line per member of an object. */
  readonly multiline: boolean;
  /** Between a name and its value: `: `. */
  readonly colon: string;
  /** Between items on one line: `, `. */
  readonly comma: string;
  /** Only ASCII letters: others are escaped, as Python's json does. */
  readonly ascii: boolean;
}

export function styleOf(text: string, root: Node): JsonStyle {
  const [first] = root.children ?? [];
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const lead = first ? text.slice(root.offset + 1, first.offset) : "";
  const indent = first && hasBreak(lead) ? indentAt(text, first.offset) : "";
  const outer = indentAt(text, root.offset);
  const [key, value] = first?.children ?? [];
  const colon = key && value ? text.slice(key.offset + key.length, value.offset) : ": ";
  return {
    eol,
    unit: indent.startsWith(outer) && indent.length > outer.length ? indent.slice(outer.length) : "    ",
    multiline: first ? hasBreak(lead) : hasBreak(text.trim()),
    colon,
    comma: /\s$/.test(colon) ? ", " : ",",
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
    ascii: /^[\x00-\x7f]*$/.test(text),
  };
}

const hasBreak = (text: string) => /[\r\n]/.test(text);

/** Returns the white space at the start of the line that contains `offset`. */
export function indentAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}

/** Writes a string in the style of the file. */
export function quoted(value: string, style: JsonStyle): string {
  const text = JSON.stringify(value);
  if (!style.ascii) return text;
  return text.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

export function rawText(text: string, node: Node): string {
  return text.slice(node.offset, node.offset + node.length);
}

export function replaceNode(text: string, node: Node, content: string): string {
  return splice(text, node.offset, node.offset + node.length, content);
}

function splice(text: string, start: number, end: number, content: string): string {
  return text.slice(0, start) + content + text.slice(end);
}

/**
 * Replaces the items of an array, or the members of an object, by `items`, given as file text. Equal items at
 * the start and at the end stay untouched. In between, new items take the places of old ones and keep the
 * white space and commas around them; surplus items are removed and additional ones follow.
 */
export function withItems(text: string, container: Node, items: readonly string[], style: JsonStyle): string {
  const slots = container.children ?? [];
  const [open, close] = container.type === "object" ? ["{", "}"] : ["[", "]"];
  if (items.length === 0) return slots.length === 0 ? text : replaceNode(text, container, open + close);
  if (slots.length === 0) {
    const indent = indentAt(text, container.offset);
    const layout = { ...style, multiline: style.multiline && container.type === "object", indent };
    return replaceNode(text, container, open + spread(items, layout) + close);
  }
  const raw = slots.map((slot) => rawText(text, slot));
  const most = Math.min(raw.length, items.length);
  let start = 0;
  while (start < most && raw[start] === items[start]) start++;
  let tail = 0;
  while (tail < most - start && raw.at(-1 - tail) === items.at(-1 - tail)) tail++;
  return replaceRun(
    text,
    container,
    start,
    slots.length - tail,
    items.slice(start, items.length - tail),
    style,
  );
}

/**
 * Replaces the items from `from` up to `to` by `items`. Applies edits from the end so that earlier offsets
 * stay valid.
 */
function replaceRun(
  text: string,
  container: Node,
  from: number,
  to: number,
  items: readonly string[],
  style: JsonStyle,
): string {
  const slots = container.children ?? [];
  const startOf = (i: number) => slots[i]?.offset ?? 0;
  const endOf = (i: number) => startOf(i) + (slots[i]?.length ?? 0);
  const shared = Math.min(to - from, items.length);
  const at = from + shared;
  let out = text;
  if (items.length > shared) {
    const more = items.slice(shared);
    out =
      at > 0
        ? splice(
            out,
            endOf(at - 1),
            endOf(at - 1),
            more.map((item) => separator(text, container, at - 1, style) + item).join(""),
          )
        : splice(
            out,
            startOf(0),
            startOf(0),
            more.map((item) => item + separator(text, container, 0, style)).join(""),
          );
  } else if (to > at) {
    out = at > 0 ? splice(out, endOf(at - 1), endOf(to - 1), "") : splice(out, startOf(0), startOf(to), "");
  }
  for (let i = shared - 1; i >= 0; i--) out = splice(out, startOf(from + i), endOf(from + i), items[i] ?? "");
  return out;
}

/**
 * Returns the comma and white space after item `i`, or that would follow it: as between its neighbours,
 * without blank lines.
 */
function separator(text: string, container: Node, i: number, style: JsonStyle): string {
  const slots = container.children ?? [];
  const left = slots[Math.min(i, slots.length - 2)];
  const right = slots[Math.min(i, slots.length - 2) + 1];
  if (left && right && slots.length > 1) {
    const between = text.slice(left.offset + left.length, right.offset);
    const comma = between.indexOf(",") + 1;
    return between.slice(0, comma) + lastLine(between.slice(comma));
  }
  const only = slots[0];
  const lead = only ? text.slice(container.offset + 1, only.offset) : "";
  return hasBreak(lead) ? `,${lastLine(lead)}` : style.comma;
}

/** Returns the white space from its last line break on, or all of it without a line break. */
function lastLine(space: string): string {
  return /(?:\r\n|\n|\r)[^\r\n]*$/.exec(space)?.[0] ?? space;
}

/** Layout of a newly written list. */
export interface ListLayout {
  readonly multiline: boolean;
  readonly eol: string;
  readonly unit: string;
  /** Indentation of the line in which the list starts. */
  readonly indent: string;
  readonly comma: string;
  /** White space inside the brackets of a list on one line. */
  readonly padding?: string;
}

/** Returns the items with all text between their brackets. */
export function spread(items: readonly string[], layout: ListLayout): string {
  if (items.length === 0) return "";
  const { multiline, eol, unit, indent, comma, padding = "" } = layout;
  if (!multiline) return padding + items.join(comma) + padding;
  const line = eol + indent + unit;
  return line + items.join(`,${line}`) + eol + indent;
}
