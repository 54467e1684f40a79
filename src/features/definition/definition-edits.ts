/** The table of edits of a definition: how each is applied and named in the undo list. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { DefinitionEdit } from "../../domain/dataset/definition-edit.ts";
import { labelsIn } from "../../domain/dataset/label-entries.ts";
import { orderedNames } from "../../domain/dataset/label-entry-order.ts";
import {
  addBackground,
  addEntry,
  addLabel,
  moveEntry,
  removeEntry,
  removeLabel,
  renameEntry,
  setIgnore,
} from "../../formats/dataset/edit-labels.ts";
import { setOrderValue } from "../../formats/dataset/edit-order.ts";
import { invertVersion1 } from "../../formats/dataset/edit-text.ts";

type EditKind = DefinitionEdit["kind"];

/** The edit of one kind, typed so that TypeScript matches it with its row of the table. */
type EditOf<K extends EditKind> = {
  [P in K]: { readonly kind: P } & Extract<DefinitionEdit, { kind: P }>;
}[K];

interface EditRow<K extends EditKind> {
  /** @throws EditError with a sentence if the edit is impossible, e.g. because the name is already used */
  apply(definition: DatasetDefinition, change: EditOf<K>): DatasetDefinition;
  /**
   * Name of the step, as in "Undo: move spine".
   * @param nameAt returns the name of an entry by its index
   */
  describe(change: EditOf<K>, nameAt: (index: number) => string): string;
}

const EDITS: { readonly [K in EditKind]: EditRow<K> } = {
  add: {
    apply: (definition, { name, labels }) => addEntry(definition, name, labels),
    describe: ({ name }) => `add ${name}`,
  },
  remove: {
    apply: (definition, { index }) => removeEntry(definition, index),
    describe: ({ index }, nameAt) => `remove ${nameAt(index)}`,
  },
  rename: {
    apply: (definition, { index, name }) => renameEntry(definition, index, name),
    describe: ({ index, name }, nameAt) => `rename ${nameAt(index)} to ${name}`,
  },
  move: {
    apply: (definition, { from, to }) => moveEntry(definition, from, to),
    describe: ({ from }, nameAt) => `move ${nameAt(from)}`,
  },
  "add-label": {
    apply: (definition, change) =>
      withOrderValue(definition, addLabel(definition, change.index, change.label), change),
    describe: ({ index, label }, nameAt) => `add label ${label} to ${nameAt(index)}`,
  },
  "remove-label": {
    apply: (definition, { index, label }) => removeLabel(definition, index, label),
    describe: ({ index, label }, nameAt) => `remove label ${label} from ${nameAt(index)}`,
  },
  "set-order-value": {
    apply: (definition, { channel, value }) => setOrderValue(definition, channel, value),
    describe: ({ value }) => `set output label to ${value}`,
  },
  "set-ignore": {
    apply: (definition, { value }) => setIgnore(definition, value),
    describe: ({ value }) => (value === null ? "remove the ignore label" : `set ignore label to ${value}`),
  },
  "add-background": {
    apply: (definition) => addBackground(definition),
    describe: () => "add background",
  },
};

/** @throws EditError with a sentence if the edit is impossible */
export function applyEdit<K extends EditKind>(
  definition: DatasetDefinition,
  change: EditOf<K>,
): DatasetDefinition {
  return EDITS[change.kind].apply(definition, change);
}

/** Names the step for the undo button: "move spine". */
export function describeEdit<K extends EditKind>(change: EditOf<K>, definition: DatasetDefinition): string {
  return EDITS[change.kind].describe(change, (index) => entryName(definition, index));
}

export function entryName(definition: DatasetDefinition, index: number): string {
  // A version 1 file maps values to names until its first edit.
  return invertVersion1(definition).labels[index]?.name ?? `entry ${index + 1}`;
}

/** Makes the first label of an empty region its output label: without labels, it had none that means it. */
function withOrderValue(
  before: DatasetDefinition,
  after: DatasetDefinition,
  { index, label }: { readonly index: number; readonly label: number },
): DatasetDefinition {
  const channel = orderedNames(after).indexOf(after.labels[index]?.name ?? "");
  const wasEmpty = labelsIn(invertVersion1(before).labels[index]?.value).length === 0;
  if (!wasEmpty || channel < 0 || !after.regionsClassOrder) return after;
  return setOrderValue(after, channel, label);
}
