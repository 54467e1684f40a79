/** Determines which unsaved edits are lost if the open definition or case is replaced. */
import type { AppState } from "../app-state.ts";
import type { UnsavedQuestion } from "../slices/edit-slice.ts";

/** True if the open definition differs from the file on disk, as far as the page knows. */
export function selectUnsaved({ definition, savedText }: AppState): boolean {
  return definition !== null && definition.text !== savedText;
}

/** Null if replacing only the definition loses nothing. */
export function lostWithDefinition(s: AppState): UnsavedQuestion | null {
  return selectUnsaved(s) ? { edits: unsavedEdits(s), labels: null } : null;
}

/** Null if replacing the case loses nothing. */
export function lostWithCase(s: AppState): UnsavedQuestion | null {
  const { madeLabels } = s;
  const labels = madeLabels && !madeLabels.saved ? madeLabels.file.name : null;
  return labels === null ? lostWithDefinition(s) : { edits: unsavedEdits(s), labels };
}

/**
 * Number of edits between the definition and the file on disk; null if the history no longer contains the
 * saved text.
 */
export function unsavedEdits(s: AppState): number | null {
  if (!selectUnsaved(s)) return 0;
  const textOf = (definition: AppState["definition"]) => definition?.text ?? null;
  const now = textOf(s.definition);
  const distances = [s.undoable, s.redoable].flatMap((steps) => {
    // The last step is the nearest to the open definition.
    const texts = steps.map((step) => textOf(step.before.definition)).reverse();
    const at = texts.indexOf(s.savedText);
    // Choosing a colour is a step too, but does not change dataset.json.
    return at < 0 ? [] : [texts.slice(0, at + 1).filter((text, i) => text !== (texts[i - 1] ?? now)).length];
  });
  return distances.length > 0 ? Math.min(...distances) : null;
}
