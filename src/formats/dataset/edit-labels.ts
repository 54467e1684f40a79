/** Edits of `labels`: see `edit-dataset.ts`. */
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
 * Why a name cannot be given to an entry, as a sentence; null if it can. `except` is the entry to be renamed.
 */
export function nameProblem(definition: DatasetDefinition, name: string, except = -1): string | null {
  if (name.trim() === "") return "A region needs a name.";
  const taken = definition.labels.some((entry, i) => i !== except && entry.name === name);
  return taken ? `“${name}” is in the file already; nnU-Net keeps only one entry of a name.` : null;
}

function refuse(problem: string | null): void {
  if (problem) throw new EditError(problem);
}

/**
 * Adds an entry, at the end but before “ignore” if not told otherwise. A single label is a plain number where
 * the file does not write lists of one. Where the file has a `regions_class_order`, the new region gets an
 * entry in it.
 * @param orderValue without it, the lowest of the labels that no later region holds
 * @param at index the entry will have
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

/** Of the lines in which entries stand. */
function entryIndent({ text, labels, entries, style }: Opened): string {
  const [first] = entries;
  const outer = indentAt(text, labels.offset);
  if (!first) return style.multiline ? outer + style.unit : outer;
  return indentAt(text, first.node.offset);
}

/** Removes an entry, and its entry of `regions_class_order` with it. */
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

/** Moves an entry so that its index becomes `to`; its entry of `regions_class_order` moves along. */
export function moveEntry(definition: DatasetDefinition, from: number, to: number): DatasetDefinition {
  const opened = openForEdit(definition);
  entryAt(opened, from);
  entryAt(opened, to);
  const sequence = opened.entries.map((_, i) => i);
  const [moved = from] = sequence.splice(from, 1);
  return arrangeEntries(definition, sequence.toSpliced(to, 0, moved));
}

/**
 * Writes the entries in another sequence, `sequence[i]` being the present index of the entry that comes i-th.
 */
export function arrangeEntries(
  definition: DatasetDefinition,
  sequence: readonly number[],
): DatasetDefinition {
  const opened = openForEdit(definition);
  const { text, labels, style } = opened;
  const items = sequence.map((i) => rawText(text, entryAt(opened, i).node));
  if (new Set(sequence).size !== opened.entries.length || items.length !== opened.entries.length) {
    throw new EditError("A new sequence has to name every entry once.");
  }
  return finishEdit(opened, withItems(text, labels, items, style));
}

/**
 * Replaces the labels of an entry. A plain number stays one as long as it is one label; otherwise it is a
 * list, written as it was or as its neighbours are. Numbers that stay keep the way they are written.
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
 * Writes an entry's labels as plain whole numbers in one list: without quotation marks, decimal points and
 * lists in lists.
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

/** Adds a label at the end of an entry's list; nothing if it is there already. */
export function addLabel(definition: DatasetDefinition, index: number, label: number): DatasetDefinition {
  const opened = openForEdit(definition);
  const labels = labelsIn(opened.definition.labels[index]?.value);
  return labels.includes(label) ? opened.definition : setLabels(opened.definition, index, [...labels, label]);
}

/** Removes a label from an entry, however often it stands there; an entry may be left with an empty list. */
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

/** Sets the ignore label, or removes it with null. A new one comes last. */
export function setIgnore(definition: DatasetDefinition, value: number | null): DatasetDefinition {
  const opened = openForEdit(definition);
  const { text, labels, entries, style } = opened;
  if (value === null) {
    const rest = entries.filter((e) => e.name !== "ignore").map((e) => rawText(text, e.node));
    return finishEdit(opened, withItems(text, labels, rest, style));
  }
  return finishEdit(opened, withNumber(opened, "ignore", value, entries.length));
}

/** Makes sure of `"background": 0`: as the first entry if it is new, in its place otherwise. */
export function addBackground(definition: DatasetDefinition): DatasetDefinition {
  const opened = openForEdit(definition);
  return finishEdit(opened, withNumber(opened, "background", 0, 0));
}

/** The text with an entry that is one number: in its place if it is there, else as entry `index`. */
function withNumber(opened: Opened, name: string, value: number, index: number): string {
  const there = opened.entries.findLast((e) => e.name === name);
  if (!there) return insertEntry(opened, index, name, String(value));
  const text = String(value);
  return rawText(opened.text, there.value) === text
    ? opened.text
    : replaceNode(opened.text, there.value, text);
}
