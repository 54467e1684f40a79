/**
 * Edits of a dataset.json. The text is the truth: an edit is a pure function from a definition to another,
 * changes as little of the text as it can and reads it again, so that key order, unknown keys, indentation
 * and the way numbers are written stay.
 *
 * Entries are counted in textual order, duplicates included, as in `definition.labels` (`entryIndex` finds
 * them by name); channels as in `regions_class_order`. Entries of that order come, go and move with their
 * regions. A version 1 file is turned around by its first edit. What cannot be done throws an `EditError`
 * with a sentence for the user.
 */
export { numberChannels, renameKey, renameModality, setKey } from "./edit-keys.ts";
export {
  addBackground,
  addEntry,
  addLabel,
  arrangeEntries,
  moveEntry,
  nameProblem,
  plainLabels,
  removeEntry,
  removeLabel,
  renameEntry,
  setIgnore,
  setLabels,
} from "./edit-labels.ts";
export { removeOrder, setOrder, setOrderValue } from "./edit-order.ts";
export { EditError, turnAround } from "./edit-text.ts";
export { newDefinition } from "./new-dataset.ts";
