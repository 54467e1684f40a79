/** Edits of `labels`; see `edit-text.ts`. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { labelsIn } from "../../domain/dataset/label-entries.ts";
import { indentAt, quoted, rawText, replaceNode, withItems } from "../json/splice.ts";
import {
  EditError,
  entryAt,
  finishEdit,
  insertEntry,
  type Opened,
  openForEdit,
  textsOf,
} from "./edit-text.ts";
import { newList, numberTexts, singlesAreLists } from "./label-lists.ts";

/**
 * Returns, as a sentence, why an entry cannot have a name; null if it can. `except` is the entry to rename.
 */
export function nameProblem(definition: DatasetDefinition, name: string, except = -1): string | null {
  if (name.trim() === "") return "A region needs a name.";
  const taken = definition.labels.some((entry, i) => i !== except && entry.name === name);
  return taken ? `The name “${name}” is already used; nnU-Net keeps only one entry per name.` : null;
}

function refuse(problem: string | null): void {
  if (problem) throw new EditError(problem);
}

/**
 * Adds an entry, by default at the end but before “ignore”. A single label is written as a plain number
 * unless the file writes lists of one. If the file has a `regions_class_order`, the new region gets an entry
 * in it.
 * @param orderValue by default the lowest of the labels that no later region contains
 * @param at index of the new entry
 * @throws EditError if the name is taken
 */
export function addEntry(
  definition: DatasetDefinition,
  name: string,
  labels: readonly number[],
  orderValue?: number,
  at?: number,
): DatasetDefinition {
  refuse(nameProblem(definition, name));
  const opened = openForEdit(definition);
  const { document, entries } = opened;
  const end = entries.at(-1)?.name === "ignore" ? entries.length - 1 : entries.length;
  const index = Math.max(0, Math.min(at ?? end, entries.length));
  const value =
    labels.length === 1 && !singlesAreLists(document)
      ? String(labels[0])
      : newList(document, labels.map(String), index, entryIndent(opened));
  return finishEdit(opened, insertEntry(opened, index, name, value), { orderValue });
}

/** Indentation of the lines with entries. */
function entryIndent({ text, labels, entries, style }: Opened): string {
  const [first] = entries;
  const outer = indentAt(text, labels.offset);
  if (!first) return style.multiline ? outer + style.unit : outer;
  return indentAt(text, first.node.offset);
}

/** Removes an entry together with its entry in `regions_class_order`. */
export function removeEntry(definition: DatasetDefinition, index: number): DatasetDefinition {
  const opened = openForEdit(definition);
  entryAt(opened, index);
  const { text, labels, style } = opened;
  return finishEdit(opened, withItems(text, labels, textsOf(text, labels).toSpliced(index, 1), style));
}

/** @throws EditError if the name is taken */
export function renameEntry(definition: DatasetDefinition, index: number, name: string): DatasetDefinition {
  const opened = openForEdit(definition);
  const { name: from, key } = entryAt(opened, index);
  if (name === from) return opened.definition;
  refuse(nameProblem(opened.definition, name, index));
  return finishEdit(opened, replaceNode(opened.text, key, quoted(name, opened.style)), {
    renamed: [from, name],
  });
}

/** Moves an entry to index `to`, together with its entry in `regions_class_order`. */
export function moveEntry(definition: DatasetDefinition, from: number, to: number): DatasetDefinition {
  const opened = openForEdit(definition);
  entryAt(opened, from);
  entryAt(opened, to);
  const sequence = opened.entries.map((_, i) => i);
  const [moved = from] = sequence.splice(from, 1);
  return arrangeEntries(definition, sequence.toSpliced(to, 0, moved));
}

/** Writes the entries in another sequence; `sequence[i]` is the present index of the i-th entry. */
export function arrangeEntries(
  definition: DatasetDefinition,
  sequence: readonly number[],
): DatasetDefinition {
  const opened = openForEdit(definition);
  const { text, labels, style } = opened;
  const items = sequence.map((i) => rawText(text, entryAt(opened, i).node));
  if (new Set(sequence).size !== opened.entries.length || items.length !== opened.entries.length) {
    throw new EditError("A new sequence must name every entry exactly once.");
  }
  return finishEdit(opened, withItems(text, labels, items, style));
}

/**
 * Replaces the labels of an entry. A plain number stays plain as long as it is one label; otherwise the
 * result is a list in the style of the old list or of neighbouring lists. Numbers that stay keep their
 * notation.
 */
export function setLabels(
  definition: DatasetDefinition,
  index: number,
  labels: readonly number[],
): DatasetDefinition {
  const opened = openForEdit(definition);
  return finishEdit(opened, labelsText(opened, index, labels));
}

function labelsText(opened: Opened, index: number, labels: readonly number[]): string {
  const { text } = opened;
  const { value } = entryAt(opened, index);
  const isPlain = value.type !== "array" && labels.length === 1;
  if (isPlain && value.value === labels[0]) return text;
  return isPlain
    ? replaceNode(text, value, String(labels[0]))
    : withLabels(opened, index, numberTexts(text, value, labels));
}

function withLabels({ document, text, style, entries }: Opened, index: number, items: string[]): string {
  const entry = entries[index];
  if (!entry) return text;
  const isFilled = entry.value.type === "array" && entry.value.children?.length;
  return isFilled && items.length > 0
    ? withItems(text, entry.value, items, style)
    : replaceNode(text, entry.value, newList(document, items, index, indentAt(text, entry.node.offset)));
}

/**
 * Writes an entry's labels as plain integers in one list, without quotation marks, decimal points or nested
 * lists.
 */
export function plainLabels(definition: DatasetDefinition, index: number): DatasetDefinition {
  const opened = openForEdit(definition);
  const { value } = entryAt(opened, index);
  const items = labelsIn(opened.definition.labels[index]?.value).map(String);
  const [only] = items;
  const text =
    value.type !== "array" && only !== undefined
      ? replaceNode(opened.text, value, only)
      : withLabels(opened, index, items);
  return finishEdit(opened, text);
}

/** Appends a label to an entry's list, unless it is already there. */
export function addLabel(definition: DatasetDefinition, index: number, label: number): DatasetDefinition {
  const opened = openForEdit(definition);
  const labels = labelsIn(opened.definition.labels[index]?.value);
  return labels.includes(label) ? opened.definition : setLabels(opened.definition, index, [...labels, label]);
}

/** Removes all occurrences of a label from an entry, which may leave an empty list. */
export function removeLabel(definition: DatasetDefinition, index: number, label: number): DatasetDefinition {
  const opened = openForEdit(definition);
  const labels = labelsIn(opened.definition.labels[index]?.value);
  return labels.includes(label)
    ? setLabels(
        opened.definition,
        index,
        labels.filter((l) => l !== label),
      )
    : opened.definition;
}

/** Sets the ignore label, or removes it if `value` is null. A new one comes last. */
export function setIgnore(definition: DatasetDefinition, value: number | null): DatasetDefinition {
  const opened = openForEdit(definition);
  const { text, labels, entries, style } = opened;
  if (value === null) {
    const rest = entries.filter((e) => e.name !== "ignore").map((e) => rawText(text, e.node));
    return finishEdit(opened, withItems(text, labels, rest, style));
  }
  return finishEdit(opened, withNumber(opened, "ignore", value, entries.length));
}

/** Ensures `"background": 0`: as the first entry if it is new, otherwise in its place. */
export function addBackground(definition: DatasetDefinition): DatasetDefinition {
  const opened = openForEdit(definition);
  return finishEdit(opened, withNumber(opened, "background", 0, 0));
}

/** Returns the text with a single-number entry: in its place if it exists, else as entry `index`. */
function withNumber(opened: Opened, name: string, value: number, index: number): string {
  const there = opened.entries.findLast((e) => e.name === name);
  if (!there) return insertEntry(opened, index, name, String(value));
  const text = String(value);
  return rawText(opened.text, there.value) === text
    ? opened.text
    : replaceNode(opened.text, there.value, text);
}
