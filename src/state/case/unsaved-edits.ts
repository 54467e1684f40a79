/** What would be lost if the open definition, or the case, were replaced now. */
import type { AppState } from "../app-state.ts";
import type { UnsavedQuestion } from "../slices/edit-slice.ts";

/** Whether the open definition differs from the file on disk, as far as the page knows. */
export function selectUnsaved({ definition, savedText }: AppState): boolean {
  return definition !== null && definition.text !== savedText;
}

/** Null where nothing is lost with the definition alone. */
export function lostWithDefinition(s: AppState): UnsavedQuestion | null {
  return selectUnsaved(s) ? { edits: unsavedEdits(s), labels: null } : null;
}

/** Null where nothing is lost with the case. */
export function lostWithCase(s: AppState): UnsavedQuestion | null {
  const { madeLabels } = s;
  const labels = madeLabels && !madeLabels.saved ? madeLabels.file.name : null;
  return labels === null ? lostWithDefinition(s) : { edits: unsavedEdits(s), labels };
}

/** How many edits lie between the definition and the file on disk; null where the history no longer tells. */
export function unsavedEdits(s: AppState): number | null {
  if (!selectUnsaved(s)) return 0;
  const textOf = (definition: AppState["definition"]) => definition?.text ?? null;
  const now = textOf(s.definition);
  const distances = [s.undoable, s.redoable].flatMap((steps) => {
    // The last step lies nearest to what is open.
    const texts = steps.map((step) => textOf(step.before.definition)).reverse();
    const at = texts.indexOf(s.savedText);
    // A chosen colour is a step as well, but none that dataset.json has.
    return at < 0 ? [] : [texts.slice(0, at + 1).filter((text, i) => text !== (texts[i - 1] ?? now)).length];
  });
  return distances.length > 0 ? Math.min(...distances) : null;
}
