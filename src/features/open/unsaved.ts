/** Asks before unsaved edits, or label maps made on the page, are lost. */
import { saveFile } from "../../app/save-file.ts";
import { unsavedAnswered, unsavedAsked } from "../../state/actions/edit-actions.ts";
import { madeLabelsSaved } from "../../state/actions/label-map-actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { lostWithCase, lostWithDefinition } from "../../state/case/unsaved-edits.ts";
import type { UnsavedQuestion } from "../../state/slices/edit-slice.ts";
import { useStore } from "../../state/store.ts";

/** Resolves the question on the page; null while none is open. */
let answerPending: ((goOn: boolean) => void) | null = null;

/**
 * Tells whether the open definition may be replaced: at once if nothing would be lost, otherwise once the
 * user has answered.
 * @param signal withdraws the question; the definition stays
 */
export function mayDropEdits(signal?: AbortSignal): Promise<boolean> {
  return mayDrop(lostWithDefinition, signal);
}

/** Like {@link mayDropEdits}, for the open case, with which labels made on the page would be lost. */
export function mayDropCase(signal?: AbortSignal): Promise<boolean> {
  return mayDrop(lostWithCase, signal);
}

function mayDrop(
  whatIsLost: (state: AppState) => UnsavedQuestion | null,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const state = useStore.getState();
  answerPending?.(false);
  if (signal?.aborted) return Promise.resolve(false);
  const lost = whatIsLost(state);
  if (!lost) return Promise.resolve(true);
  return new Promise((resolve) => {
    const withdraw = () => answer(false);
    const answer = (goOn: boolean) => {
      signal?.removeEventListener("abort", withdraw);
      answerPending = null;
      unsavedAnswered();
      resolve(goOn);
    };
    answerPending = answer;
    signal?.addEventListener("abort", withdraw);
    unsavedAsked(lost);
  });
}

/** Saves the label file made on the page. */
export function saveMadeLabels(): void {
  const { madeLabels } = useStore.getState();
  if (!madeLabels) return;
  saveFile(madeLabels.file.name, madeLabels.file, "application/gzip");
  madeLabelsSaved();
}

/** Answers the question of {@link mayDropEdits} or {@link mayDropCase}. */
export function answerUnsaved(goOn: boolean): void {
  answerPending?.(goOn);
}

/** Makes the browser ask before the page is left with unsaved changes; the returned function ends that. */
export function askBeforeLeaving(): () => void {
  const listening = new AbortController();
  window.addEventListener(
    "beforeunload",
    (event) => {
      if (lostWithCase(useStore.getState())) event.preventDefault();
    },
    { signal: listening.signal },
  );
  return () => listening.abort();
}
