/**
 * Edits of a dataset.json. The text is the truth: an edit is a pure function from one definition to another.
 * It changes as little of the text as possible and parses it again, which preserves key order, unknown keys,
 * indentation and the notation of numbers.
 *
 * Entries are counted in textual order, including duplicates, as in `definition.labels` (`entryIndex` finds
 * them by name); channels as in `regions_class_order`. The entries of that order are added, removed and moved
 * with their regions. The first edit converts a version 1 file to version 2. Impossible edits throw an
 * `EditError` with a sentence for the user.
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
export { EditError, invertVersion1 } from "./edit-text.ts";
export { newDefinition } from "./new-dataset.ts";
