/** Edits of keys beside `labels`; see `edit-text.ts`. They leave `labels` untouched, even in version 1. */
import type { Node } from "jsonc-parser";
import { channelsIn, isNumber, isTurned } from "../../domain/dataset/channel-names.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { member, parseJson } from "../json/parse.ts";
import { type JsonStyle, quoted, rawText, replaceNode, styleOf, withItems } from "../json/splice.ts";
import { parseDataset } from "./dataset.ts";
import { EditError, textsOf } from "./edit-text.ts";

interface OpenedKeys {
  readonly text: string;
  readonly root: Node;
  readonly style: JsonStyle;
}

function openKeys({ text, file }: DatasetDefinition): OpenedKeys {
  const { root } = parseJson(text, file);
  return { text, root, style: styleOf(text, root) };
}

/** Renames version 1's `modality` to its name in version 2; a file without `modality` stays unchanged. */
export function renameModality(definition: DatasetDefinition): DatasetDefinition {
  return renameKey(definition, "modality", "channel_names");
}

/** Renames a key beside `labels`; a file without that key stays unchanged. */
export function renameKey(definition: DatasetDefinition, from: string, to: string): DatasetDefinition {
  const { text, root, style } = openKeys(definition);
  const [key] = member(root, from)?.parent?.children ?? [];
  return key ? parseDataset(replaceNode(text, key, quoted(to, style)), definition.file) : definition;
}

/** Writes a number or a text: in place of the key's old value, or else at the end of the file. */
export function setKey(
  definition: DatasetDefinition,
  name: "numTraining" | "file_ending",
  value: number | string,
): DatasetDefinition {
  const { text, root, style } = openKeys(definition);
  const written = typeof value === "number" ? String(value) : quoted(value, style);
  const there = member(root, name);
  const next = there
    ? replaceNode(text, there, written)
    : withItems(text, root, [...textsOf(text, root), `"${name}"${style.colon}${written}`], style);
  return parseDataset(next, definition.file);
}

/**
 * Writes the channels by number, number first and counted from 0. Names keep their notation.
 * @throws EditError if the names are ambiguous
 */
export function numberChannels(definition: DatasetDefinition): DatasetDefinition {
  const { text, root, style } = openKeys(definition);
  const node = definition.channels ? member(root, definition.channels.key) : undefined;
  const names = node && nameTexts(definition, node, text);
  if (!node || !names) throw new EditError(`The channel names in ${definition.file} are ambiguous.`);
  const items = names.map((name, i) => `"${i}"${colonIn(text, node, style)}${name}`);
  const next =
    node.type === "object"
      ? withItems(text, node, items, style)
      : replaceNode(text, node, `{${items.join(style.comma)}}`);
  return parseDataset(next, definition.file);
}

/**
 * Returns the channels' names as written, including quotation marks. They are in the order of their numbers
 * or, if those are not numbers, in the order of the file, as in nnU-Net. Null if the names are ambiguous.
 */
function nameTexts({ channels }: DatasetDefinition, node: Node, text: string): string[] | null {
  const members = channels?.members ?? null;
  if (members === null) {
    const names = node.type === "array" ? (node.children ?? []) : [node];
    const isCertain = names.length > 0 && names.every(({ type }) => type === "string");
    return isCertain ? names.map((name) => rawText(text, name)) : null;
  }
  const side = isTurned(members) ? 0 : 1;
  const texts = (node.children ?? []).flatMap(({ children }) => {
    const part = children?.[side];
    return part ? [rawText(text, part)] : [];
  });
  const known = channelsIn(members);
  if (known) {
    const places = known.map(({ number }, i) => ({ number, i })).sort((a, b) => a.number - b.number);
    return places.map(({ i }) => texts[i] ?? "");
  }
  const numbered = members.every(({ name }) => isNumber(name));
  const named = members.length > 0 && members.every(({ value }) => typeof value === "string");
  return named && !numbered ? texts : null;
}

function colonIn(text: string, node: Node, style: JsonStyle): string {
  const [key, value] = node.type === "object" ? (node.children?.[0]?.children ?? []) : [];
  return key && value ? text.slice(key.offset + key.length, value.offset) : style.colon;
}
