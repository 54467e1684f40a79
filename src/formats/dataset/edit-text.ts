/**
 * Takes a dataset.json apart for an edit and parses the result; edits are in `edit-labels.ts`,
 * `edit-order.ts` and `edit-keys.ts`.
 *
 * The text is the truth: an edit is a pure function from one definition to another. It changes as little of
 * the text as possible and parses it again, which preserves key order, unknown keys, indentation and the
 * notation of numbers.
 *
 * Entries are counted in textual order, including duplicates, as in `definition.labels` (`entryIndex` finds
 * them by name); channels as in `regions_class_order`. The entries of that order are added, removed and moved
 * with their regions. The first edit converts a version 1 file to version 2. Impossible edits throw an
 * `EditError` with a sentence for the user.
 */
import type { Node } from "jsonc-parser";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { isInverted } from "../../domain/dataset/label-entries.ts";
import { type JsonDocument, member, members, parseJson } from "../json/parse.ts";
import { type JsonStyle, quoted, rawText, replaceNode, styleOf, withItems } from "../json/splice.ts";
import { parseDataset } from "./dataset.ts";
import { followOrder, type OrderChanges } from "./edit-class-order.ts";

/** An impossible edit; the message is a sentence for the user. */
export class EditError extends Error {
  override readonly name = "EditError";
}

/** One member of `labels`. */
interface EntryNodes {
  readonly name: string;
  /** The text `"name": value`. */
  readonly node: Node;
  readonly key: Node;
  readonly value: Node;
}

/** A dataset.json taken apart for one edit. */
export interface Opened {
  readonly definition: DatasetDefinition;
  readonly document: JsonDocument;
  readonly text: string;
  readonly style: JsonStyle;
  readonly labels: Node;
  readonly entries: readonly EntryNodes[];
}

export function openForEdit(given: DatasetDefinition): Opened {
  const definition = invertVersion1(given);
  const document = parseJson(definition.text, definition.file);
  const labels = member(document.root, "labels");
  if (labels?.type !== "object") throw new EditError(`${definition.file} has no labels to edit.`);
  const entries = (labels.children ?? []).flatMap((node) => {
    const [key, value] = node.children ?? [];
    return key && value ? [{ name: String(key.value), node, key, value }] : [];
  });
  const style = styleOf(document.text, document.root);
  return { definition, document, text: document.text, style, labels, entries };
}

export function entryAt({ entries }: Opened, index: number): EntryNodes {
  const entry = entries[index];
  if (!entry) throw new EditError(`labels has no entry ${index + 1}.`);
  return entry;
}

/** Returns the members of an object or the items of a list as file text. */
export function textsOf(text: string, container: Node): string[] {
  return (container.children ?? []).map((node) => rawText(text, node));
}

/** Returns the file's text with an additional entry. */
export function insertEntry(opened: Opened, index: number, name: string, value: string): string {
  const { text, labels, style } = opened;
  const item = quoted(name, style) + colonOf(opened) + value;
  return withItems(text, labels, textsOf(text, labels).toSpliced(index, 0, item), style);
}

/** Text between name and value, as in the last entry. */
function colonOf({ text, entries, style }: Opened): string {
  const last = entries.at(-1);
  return last ? text.slice(last.key.offset + last.key.length, last.value.offset) : style.colon;
}

/** Parses the edited text and updates `regions_class_order` for added, removed and moved entries. */
export function finishEdit(
  { definition }: Opened,
  text: string,
  changes: OrderChanges = {},
): DatasetDefinition {
  return followOrder(definition, parseDataset(text, definition.file), changes);
}

/**
 * Turns the entries of a version 1 file around, from `"1": "liver"` to `"liver": 1`; other files stay
 * unchanged.
 */
export function invertVersion1(definition: DatasetDefinition): DatasetDefinition {
  if (!isInverted(definition)) return definition;
  const { root, text } = parseJson(definition.text, definition.file);
  let out = text;
  for (const { value } of members(member(root, "labels")).toReversed()) {
    const [key] = value.parent?.children ?? [];
    if (!key) continue;
    const name = rawText(text, value);
    out = replaceNode(out, value, String(Number(key.value)));
    out = replaceNode(out, key, name);
  }
  return parseDataset(out, definition.file);
}
